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
			const label = element.closest('label')?.getBoundingClientRect();
			if (label && label.width * label.height > own.width * own.height) return label;
			return own.width > 2 && own.height > 2 ? own : null;
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
		const isCut = (element: Element): boolean => {
			const around = element.parentElement;
			return around !== null && (getComputedStyle(around).overflowX !== 'visible' || isCut(around));
		};
		const wide = [...document.querySelectorAll('body *')].filter(
			(element) => element.getBoundingClientRect().right > clientWidth + 1 && !isCut(element)
		);
		return [`${scrollWidth} of ${clientWidth} px: ${wide.at(-1)?.outerHTML.slice(0, 160) ?? '?'}`];
	});
}

/** What moves for ever although the person wants no motion. */
export async function movingThings(page: Page): Promise<string[]> {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const found = await page.evaluate(() =>
		document.getAnimations().flatMap((animation) => {
			const effect = animation.effect as KeyframeEffect | null;
			const goesOn = animation.playState === 'running' && effect?.getComputedTiming().endTime === Infinity;
			const name = animation instanceof CSSAnimation ? animation.animationName : 'an animation';
			return goesOn ? [`${name} on ${effect?.target?.outerHTML.slice(0, 100)}`] : [];
		})
	);
	await page.emulateMedia({ reducedMotion: null });
	return found;
}

/** What cannot be told apart where the system chooses the colours: icons, edges and states of controls. */
export async function lostInForcedColours(page: Page): Promise<string[]> {
	await page.emulateMedia({ forcedColors: 'active' });
	const found = await page.evaluate(() => {
		// What is on its way to another colour is looked at where it arrives.
		for (const animation of document.getAnimations())
			if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
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
		// Larger ones are drawings and charts, with colours that mean something.
		const isIcon = (svg: Element) => isShown(svg) && svg.getBoundingClientRect().width <= 48;
		const icons = [...document.querySelectorAll('svg')].filter(isIcon).flatMap((icon) => {
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

/** Notes from now on, over all pages of this window, what moves for longer than a blink; see `longMotions`. */
export async function noteMotions(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const noted: string[] = [];
		Object.assign(window, { longMotions: noted });
		for (const type of ['animationstart', 'transitionrun'])
			addEventListener(
				type,
				({ target }) => {
					for (const animation of (target as Element).getAnimations()) {
						const { endTime } = animation.effect?.getComputedTiming() ?? {};
						if (typeof endTime !== 'number' || endTime <= 100) continue;
						noted.push(`${endTime} ms: ${(target as Element).outerHTML.slice(0, 100)}`);
					}
				},
				true
			);
	});
}

/** What has moved on this page since it was opened. */
export function longMotions(page: Page): Promise<string[]> {
	return page.evaluate(() => (window as unknown as { longMotions: string[] }).longMotions);
}
