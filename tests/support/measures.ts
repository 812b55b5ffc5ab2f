import type { Page } from '@playwright/test';

/**
 * What axe does not see, measured on the page as it is. Each answers with the things that fail, in words, so that an
 * empty list is what one wants.
 */

/** Targets below 24 px that are not far enough from the next (WCAG 2.5.8), and below 44 px in the call controls. */
export function smallTargets(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const LEAST = 24;
		const wanted =
			'a[href], button, input:not([type=hidden]), select, textarea, summary, [role^=menuitem], [role=option], [role=switch]';
		const isShown = (element: Element) =>
			element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
			!element.closest('[inert]');
		/** Of a control that is drawn by its label, and of a link in a sentence that has no size of its own: null. */
		const boxOf = (element: Element) => {
			const own = element.getBoundingClientRect();
			if (own.width > 2 && own.height > 2) return own;
			return element.closest('label')?.getBoundingClientRect() ?? null;
		};
		const isInSentence = (element: Element) =>
			element.matches('a') &&
			getComputedStyle(element).display === 'inline' &&
			(element.parentElement?.textContent?.trim().length ?? 0) > (element.textContent?.trim().length ?? 0);
		const nameOf = (element: Element) =>
			(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40) ||
			element.outerHTML.slice(0, 80);
		const all = [...document.querySelectorAll(wanted)].filter(isShown).flatMap((element) => {
			const box = boxOf(element);
			return box && box.width > 0 ? [{ element, box }] : [];
		});
		const middle = ({ left, top, width, height }: DOMRect) => [left + width / 2, top + height / 2] as const;
		const isSmall = ({ width, height }: DOMRect) => Math.min(width, height) < LEAST - 0.5;
		const isClear = (box: DOMRect, self: Element) =>
			all.every(({ element, box: other }) => {
				if (element === self || element.contains(self) || self.contains(element)) return true;
				const [x, y] = middle(box);
				if (isSmall(other)) return Math.hypot(x - middle(other)[0], y - middle(other)[1]) >= LEAST;
				const dx = Math.max(other.left - x, 0, x - other.right);
				const dy = Math.max(other.top - y, 0, y - other.bottom);
				return Math.hypot(dx, dy) >= LEAST / 2;
			});
		return all.flatMap(({ element, box }) => {
			const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
			const inControls =
				element.closest('[role=toolbar][aria-label="Call controls"]') && !element.closest('[popover]');
			if (inControls && Math.min(box.width, box.height) < 43.5)
				return [`${nameOf(element)}: ${size} in the toolbar`];
			if (!isSmall(box) || isInSentence(element) || isClear(box, element)) return [];
			return [`${nameOf(element)}: ${size}`];
		});
	});
}

/** How far the page can be scrolled sideways, and what reaches out of it. */
export function sidewaysScroll(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) return [];
		const wide = [...document.querySelectorAll('body *')].filter(
			(element) => element.getBoundingClientRect().right > clientWidth + 1
		);
		return [`${scrollWidth} of ${clientWidth} px: ${wide.at(-1)?.outerHTML.slice(0, 160) ?? '?'}`];
	});
}

/** What goes on moving although the person wants no motion. */
export async function movingThings(page: Page): Promise<string[]> {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const found = await page.evaluate(() => {
		/** Longer than this is seen, ms. */
		const SEEN = 100;
		return document.getAnimations().flatMap((animation) => {
			const effect = animation.effect as KeyframeEffect | null;
			const { endTime } = effect?.getComputedTiming() ?? {};
			if (animation.playState !== 'running' || typeof endTime !== 'number' || endTime <= SEEN) return [];
			const name = animation instanceof CSSAnimation ? animation.animationName : 'an animation';
			return [`${name} on ${effect?.target?.outerHTML.slice(0, 100)}`];
		});
	});
	await page.emulateMedia({ reducedMotion: null });
	return found;
}

/** What cannot be told apart where the system chooses the colours: icons, edges and states of controls. */
export async function lostInForcedColours(page: Page): Promise<string[]> {
	await page.emulateMedia({ forcedColors: 'active' });
	const found = await page.evaluate(() => {
		const isShown = (element: Element) =>
			element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
			element.getBoundingClientRect().width > 2;
		const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
		const light = (colour: string) => {
			const [r, g, b] = channels(colour).map((value) => {
				const part = value / 255;
				return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
		};
		const contrast = (one: string, other: string) => {
			const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
			return (high + 0.05) / (low + 0.05);
		};
		const isClear = (colour: string) => channels(colour)[3] === 0;
		const groundOf = (element: Element): string => {
			for (let at: Element | null = element; at; at = at.parentElement) {
				const { backgroundColor } = getComputedStyle(at);
				if (!isClear(backgroundColor)) return backgroundColor;
			}
			return getComputedStyle(document.documentElement).backgroundColor;
		};
		const nameOf = (element: Element) =>
			(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40) ||
			element.outerHTML.slice(0, 100);
		const edge = (element: Element) => {
			const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
			if (borderTopStyle === 'none' || parseFloat(borderTopWidth) === 0 || isClear(borderTopColor)) return '';
			return `${borderTopStyle} ${borderTopWidth} ${borderTopColor}`;
		};
		const icons = [...document.querySelectorAll('svg')].filter(isShown).flatMap((icon) => {
			const { color } = getComputedStyle(icon);
			if (contrast(color, groundOf(icon)) >= 3) return [];
			return [`icon of ${nameOf(icon.parentElement!)}: ${color} on ${groundOf(icon)}`];
		});
		const fields = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
			.filter((field) => isShown(field) && getComputedStyle(field).appearance === 'none')
			.flatMap((field) => {
				const holder = [field, field.parentElement!, field.parentElement!.parentElement!].some(
					(one) => edge(one) !== ''
				);
				return holder ? [] : [`field without an edge: ${nameOf(field)} ${field.outerHTML.slice(0, 80)}`];
			});
		/** One that is chosen looks different from one beside it that is not. */
		const looks = (element: Element): string => {
			const parts = [element, ...element.querySelectorAll('*')].slice(0, 3);
			return parts
				.map((one) => {
					const { color, backgroundColor, outlineStyle } = getComputedStyle(one);
					return [edge(one), color, backgroundColor, outlineStyle].join(' ');
				})
				.concat(element.querySelectorAll('svg').length > 1 ? 'marked' : '')
				.join(';');
		};
		const chosen = [
			...document.querySelectorAll('[aria-pressed=true], [aria-current=page], [aria-selected=true]')
		]
			.filter(isShown)
			.flatMap((element) => {
				const same = [
					...(element.parentElement?.parentElement?.querySelectorAll(element.tagName) ?? [])
				].find(
					(other) =>
						isShown(other) &&
						other.className === element.className &&
						!other.matches('[aria-pressed=true], [aria-current=page], [aria-selected=true]')
				);
				return same && looks(same) === looks(element)
					? [`chosen, and looks like the others: ${nameOf(element)}`]
					: [];
			});
		return [...icons, ...fields, ...chosen];
	});
	await page.emulateMedia({ forcedColors: null });
	return found;
}

/** A title that says where one is, and one voice: at most one announcer. */
export function lostForWords(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const announcers = document.querySelectorAll('[data-announcer]').length;
		return [
			...(document.title === '' || document.title === 'PeerLearn – PeerLearn'
				? [`title “${document.title}”`]
				: []),
			...(announcers > 1 ? [`${announcers} announcers`] : [])
		];
	});
}

export interface TabStop {
	name: string;
	/** The focus cannot be seen there. */
	unseen?: string;
}

/** Presses Tab from the top of the page through all of it, as far as it goes; of each stop its name and whether one sees it. */
export async function tabStops(page: Page, most = 80): Promise<TabStop[]> {
	await page.evaluate(() => {
		// From the top, whatever had the focus.
		document.body.tabIndex = -1;
		document.body.focus();
		document.body.removeAttribute('tabindex');
		document.querySelectorAll('[data-stop]').forEach((element) => element.removeAttribute('data-stop'));
	});
	const stops: TabStop[] = [];
	while (stops.length < most) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(lookAtFocus);
		if (!stop) return stops;
		stops.push(stop);
	}
	throw new Error(`Tab goes on after ${most} stops: ${stops.map(({ name }) => name).join(', ')}`);
}

/** What has the focus; null once the round is over. Runs in the page. */
function lookAtFocus(): TabStop | null {
	const element = document.activeElement as HTMLElement | null;
	if (!element || element === document.body || element.hasAttribute('data-stop')) return null;
	element.setAttribute('data-stop', '');
	const labelled = element
		.getAttribute('aria-labelledby')
		?.split(' ')
		.map((id) => document.getElementById(id)?.textContent)
		.join(' ');
	const field = element as HTMLInputElement;
	const name = (
		labelled ??
		element.getAttribute('aria-label') ??
		field.labels?.[0]?.textContent ??
		element.innerText ??
		''
	)
		.replace(/\s+/g, ' ')
		.trim();

	const { outlineStyle, outlineWidth } = getComputedStyle(element);
	const ringed = (one: Element | null, depth = 0): boolean => {
		if (!one || depth > 3) return false;
		const style = getComputedStyle(one);
		return (
			(style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ||
			ringed(one.parentElement, depth + 1)
		);
	};
	if (!ringed(element)) return { name, unseen: `no ring (${outlineStyle} ${outlineWidth})` };

	// Nothing may lie over all of it (WCAG 2.4.11): its middle and four places near its corners are looked at.
	const label = element.closest('label');
	const own = element.getClientRects()[0] ?? element.getBoundingClientRect();
	const box = own.width > 2 ? own : (label?.getBoundingClientRect() ?? own);
	const inset = Math.min(4, box.width / 4, box.height / 4);
	const places = [
		[box.left + box.width / 2, box.top + box.height / 2],
		[box.left + inset, box.top + inset],
		[box.right - inset, box.top + inset],
		[box.left + inset, box.bottom - inset],
		[box.right - inset, box.bottom - inset]
	] as const;
	const isMine = (hit: Element | null) =>
		hit !== null && (element.contains(hit) || hit === label || (label?.contains(hit) ?? false));
	const seen = places.filter(([x, y]) => isMine(document.elementFromPoint(x, y))).length;
	if (seen === 0) {
		const [x, y] = places[0];
		const over = document.elementFromPoint(x, y);
		return { name, unseen: over ? `covered by ${over.outerHTML.slice(0, 120)}` : 'out of sight' };
	}
	return { name };
}
