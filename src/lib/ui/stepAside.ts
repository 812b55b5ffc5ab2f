/** The box of the toasts, and each of them. */
const TOASTER = '[data-toaster], [data-sonner-toaster]';
const TOAST = '[data-toast], [data-sonner-toast]';
/** Between a toast and what it makes room for, px. */
const GAP = 8;
/** How far toasts behind the newest one look out, px. */
const STACKED = 28;
/** What is higher than this is never wholly covered, px. */
const HIGH = 120;

/**
 * Toasts lie at the top of the page. Where they would cover what the keyboard is on they move down below it, if there is room
 * (spec M4, WCAG 2.4.11). Call it whenever the focus has moved or a toast has come.
 */
export function stepAside(): void {
	const toaster = document.querySelector<HTMLElement>(TOASTER);
	const focused = document.activeElement;
	if (!toaster) return;
	toaster.style.marginTop = '';
	if (!focused || toaster.contains(focused) || !focused.matches(':focus-visible')) return;
	// Where they are going to be: they may still be on their way.
	const heights = [...toaster.querySelectorAll<HTMLElement>(TOAST)].map((toast) => toast.offsetHeight);
	if (heights.length === 0) return;
	const { top, left, right, height: own } = toaster.getBoundingClientRect();
	const height = Math.max(own, Math.max(...heights) + (heights.length > 1 ? STACKED : 0));
	const at = focused.getBoundingClientRect();
	const isBeside = at.bottom <= top || at.top >= top + height || at.right <= left || at.left >= right;
	const hasRoom = at.bottom + GAP + height <= innerHeight;
	if (!isBeside && hasRoom && at.height <= HIGH) toaster.style.marginTop = `${at.bottom + GAP - top}px`;
}
