import type { Attachment } from 'svelte/attachments';

/** A hand that trembles carries nothing, px. */
const STILL = 6;
/** So near to its end the strip goes on, and so far with each move, px. */
const EDGE = 24;
const STEP = 12;

/**
 * Lets the pages of a strip (`data-page`) be carried to another place by mouse or pen. A finger scrolls the strip; for
 * fingers and keys there is the menu of a page.
 */
export function carryPages(deps: {
	mayCarry: () => boolean;
	/** `to`: the place it has then, 0 being the first. */
	onMove: (pageId: string, to: number) => void;
}): Attachment<HTMLElement> {
	return (strip) => {
		let held: { tab: HTMLElement; pointerId: number; x: number } | null = null;
		let to: number | null = null;

		function others(): HTMLElement[] {
			return [...strip.querySelectorAll<HTMLElement>('[data-page]')].filter((tab) => tab !== held?.tab);
		}

		function mark(): void {
			for (const tab of strip.querySelectorAll('[data-mark]')) tab.removeAttribute('data-mark');
			if (to === null) return;
			const all = others();
			const [next, last] = [all[to], all.at(-1)];
			if (next) next.dataset.mark = 'before';
			else if (last) last.dataset.mark = 'after';
		}

		function stop(): void {
			held?.tab.classList.remove('carried');
			held = to = null;
			mark();
		}

		function onDown(event: PointerEvent): void {
			const tab = (event.target as Element).closest<HTMLElement>('[data-page]');
			if (!tab || to !== null || event.button !== 0 || event.pointerType === 'touch' || !deps.mayCarry())
				return;
			held = { tab, pointerId: event.pointerId, x: event.clientX };
		}

		function onMove({ pointerId, clientX, buttons }: PointerEvent): void {
			// Let go beside the strip, before anything was carried.
			if (held && buttons === 0) return stop();
			if (pointerId !== held?.pointerId || (to === null && Math.abs(clientX - held.x) < STILL)) return;
			// From now on the press is none of the page it began on.
			strip.setPointerCapture(pointerId);
			held.tab.classList.add('carried');
			const { left, right } = strip.getBoundingClientRect();
			if (clientX < left + EDGE) strip.scrollLeft -= STEP;
			else if (clientX > right - EDGE) strip.scrollLeft += STEP;
			const isTurned = getComputedStyle(strip).direction === 'rtl';
			to = others().filter((tab) => {
				const box = tab.getBoundingClientRect();
				const middle = box.left + box.width / 2;
				return isTurned ? middle > clientX : middle < clientX;
			}).length;
			mark();
		}

		function onUp(event: PointerEvent): void {
			if (event.pointerId !== held?.pointerId) return;
			const pageId = held.tab.dataset.page;
			const place = event.type === 'pointerup' ? to : null;
			stop();
			if (pageId !== undefined && place !== null) deps.onMove(pageId, place);
		}

		function onKeyDown(event: KeyboardEvent): void {
			if (event.key !== 'Escape' || to === null) return;
			event.preventDefault();
			event.stopPropagation();
			stop();
		}

		const listening = new AbortController();
		const { signal } = listening;
		strip.addEventListener('pointerdown', onDown, { signal });
		strip.addEventListener('pointermove', onMove, { signal });
		strip.addEventListener('pointerup', onUp, { signal });
		strip.addEventListener('pointercancel', onUp, { signal });
		window.addEventListener('keydown', onKeyDown, { capture: true, signal });
		return () => listening.abort();
	};
}
