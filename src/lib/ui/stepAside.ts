/** Between a toast and what it makes room for, px. */
const GAP = 8;
/** What is higher than this is never wholly covered, px. */
const HIGH = 120;
/** As much of the toasts has to be in sight below, px: about one of them. */
const SEEN = 64;

/**
 * Toasts lie at the top of the page. Where they would cover what the keyboard is on they move down below it, if there is room
 * (spec M4, WCAG 2.4.11). Call it whenever the focus has moved or a toast has come.
 */
export function stepAside(toaster: HTMLElement): void {
	toaster.style.marginTop = `${wayBelow(toaster, document.activeElement)}px`;
}

/** How far the toasts have to move down, px. */
function wayBelow(toaster: HTMLElement, focused: Element | null): number {
	if (!focused || toaster.contains(focused) || !focused.matches(':focus-visible')) return 0;
	const { top: now, left, right, height } = toaster.getBoundingClientRect();
	// Where they are without having moved, also in the middle of a move.
	const top = now - parseFloat(getComputedStyle(toaster).marginTop);
	const at = focused.getBoundingClientRect();
	const isBeside = at.bottom <= top || at.top >= top + height || at.right <= left || at.left >= right;
	const hasRoom = at.bottom + GAP + SEEN <= innerHeight;
	return !isBeside && hasRoom && at.height <= HIGH ? at.bottom + GAP - top : 0;
}
