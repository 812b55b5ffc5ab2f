/** Between a toast and what it makes room for, px. */
const GAP = 8;
/** What is higher than this is never wholly covered, px. */
const HIGH = 120;

/**
 * Toasts lie at the top of the page. Where they would cover what the keyboard is on they move down below it, if there is room
 * (spec M4, WCAG 2.4.11). Call it whenever the focus has moved or a toast has come.
 */
export function stepAside(toaster: HTMLElement): void {
	const focused = document.activeElement;
	toaster.style.marginTop = '';
	if (!focused || toaster.contains(focused) || !focused.matches(':focus-visible')) return;
	const { top, left, right, height } = toaster.getBoundingClientRect();
	const at = focused.getBoundingClientRect();
	const isBeside = at.bottom <= top || at.top >= top + height || at.right <= left || at.left >= right;
	const hasRoom = at.bottom + GAP + height <= innerHeight;
	if (!isBeside && hasRoom && at.height <= HIGH) toaster.style.marginTop = `${at.bottom + GAP - top}px`;
}
