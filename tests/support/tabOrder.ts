import type { Page } from '@playwright/test';

export interface TabStop {
	name: string;
	/** The focus cannot be seen there. */
	unseen?: string;
	/** A toast, which comes and goes. */
	passing?: true;
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
	for (let presses = 0; presses < most; presses += 1) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(lookAtFocus);
		if (stop === 'over') return stops;
		if (stop !== 'within') stops.push(stop);
	}
	throw new Error(`Tab goes on after ${most} presses: ${stops.map(({ name }) => name).join(', ')}`);
}

/**
 * What has the focus; `within` while it moves between the parts of one thing, as in a date, and `over` after the round. Runs
 * in the page.
 */
function lookAtFocus(): TabStop | 'within' | 'over' {
	const element = document.activeElement as HTMLElement | null;
	if (!element || element === document.body) return 'over';
	if (element.dataset.stop === 'last' && element.matches('[type=date], [type=time]')) return 'within';
	if (element.hasAttribute('data-stop')) return 'over';
	document.querySelectorAll<HTMLElement>('[data-stop=last]').forEach((last) => (last.dataset.stop = ''));
	element.dataset.stop = 'last';
	// Where no motion is wanted all changes take a blink, which is not waited for.
	for (const animation of document.getAnimations())
		if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
	const passing = element.closest('[data-toaster]') ? { passing: true as const } : {};
	const labelled = element
		.getAttribute('aria-labelledby')
		?.split(' ')
		.map((id) => document.getElementById(id)?.textContent)
		.join(' ');
	const field = element as HTMLInputElement;
	const read = (one: Element) => {
		const copy = one.cloneNode(true) as Element;
		copy.querySelectorAll('[aria-hidden=true]').forEach((hidden) => hidden.remove());
		return copy.textContent;
	};
	const name = (
		labelled ??
		element.getAttribute('aria-label') ??
		(field.labels?.[0] ? read(field.labels[0]) : read(element)) ??
		''
	)
		.replace(/\s+/g, ' ')
		.trim();

	const { outlineStyle, outlineWidth } = getComputedStyle(element);
	const hasRing = (one: Element, pseudo?: string) => {
		const style = getComputedStyle(one, pseudo);
		return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
	};
	const ringed = (one: Element | null, depth = 0): boolean => {
		if (!one || depth > 3) return false;
		return hasRing(one) || (depth === 0 && hasRing(one, '::after')) || ringed(one.parentElement, depth + 1);
	};
	if (!ringed(element)) return { name, ...passing, unseen: `no ring (${outlineStyle} ${outlineWidth})` };

	// They lie over everything, and let presses through to the board.
	if (passing.passing) return { name, ...passing };

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
