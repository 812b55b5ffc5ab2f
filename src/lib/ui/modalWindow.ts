import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/** What can have the focus by Tab, unless it is disabled or out of sight. */
const FOCUSABLE =
	'a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]';
/** Toasts lie over every window and may be used beside it. */
const TOASTS = '[data-toaster]';

/** The windows that are open, the newest last: only that one holds the focus and hears Escape. */
const stack: HTMLElement[] = [];

/**
 * On the element of a modal window (https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/): it goes to the end of the
 * page, the focus goes in, stays in, and comes back to where it was; the page behind it does not scroll.
 *
 * @param first what has the focus when it opens, and gets it back when something outside took it
 * @param onescape Escape was pressed, and nothing inside wanted it
 * @param instead what has the focus afterwards where what had it before is gone
 */
export function modalWindow(
	first: () => HTMLElement | null | undefined,
	onescape: () => void,
	instead: () => HTMLElement | null | undefined = () => null
): Attachment<HTMLElement> {
	return (node) => {
		const before = document.activeElement;
		const isTop = () => stack.at(-1) === node;
		// Whatever is looked at to find it, the window is not opened anew because of it.
		const focusFirst = () => untrack(first)?.focus({ preventScroll: true });

		function onkeydown(event: KeyboardEvent): void {
			if (!isTop() || event.defaultPrevented || event.isComposing) return;
			if (event.key === 'Escape') {
				// What lies behind the window has no use for it.
				event.preventDefault();
				onescape();
			} else if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
				const next = roundTheEnd(node, document.activeElement ?? document.body, event.shiftKey);
				if (!next) return;
				event.preventDefault();
				next.focus();
			}
		}

		function onfocusin({ target }: FocusEvent): void {
			if (!isTop() || !(target instanceof Element)) return;
			if (!node.contains(target) && !target.closest(TOASTS)) focusFirst();
		}

		document.body.append(node);
		stack.push(node);
		if (stack.length === 1) holdPage();
		document.addEventListener('keydown', onkeydown);
		document.addEventListener('focusin', onfocusin);
		focusFirst();

		return () => {
			document.removeEventListener('keydown', onkeydown);
			document.removeEventListener('focusin', onfocusin);
			stack.splice(stack.indexOf(node), 1);
			if (stack.length === 0) letPageGo();
			const isLost = (element: Element | null) =>
				element === null || element === document.body || node.contains(element);
			// Whoever has put the focus elsewhere meanwhile meant it.
			const giveBack = isLost(document.activeElement);
			// It is no longer where Svelte put it, so what goes away around its place does not take it along.
			node.remove();
			if (!giveBack) return;
			const back = before instanceof HTMLElement && before.isConnected ? before : untrack(instead);
			back?.focus({ preventScroll: true });
		};
	};
}

/** Where Tab goes from the last thing in the window, or backwards from the first; null where the browser knows better. */
function roundTheEnd(node: HTMLElement, from: Element, backwards: boolean): HTMLElement | null {
	const stops = [...node.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
		(element) =>
			element.tabIndex >= 0 &&
			!element.matches(':disabled') &&
			element.checkVisibility({ visibilityProperty: true })
	);
	const ahead = backwards ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
	const goesOn = stops.some(
		(stop) => !isSameStop(stop, from) && (from.compareDocumentPosition(stop) & ahead) !== 0
	);
	const start = backwards ? stops.at(-1) : stops[0];
	if (!start || (goesOn && node.contains(from))) return null;
	return stops.find((stop) => isSameStop(stop, start) && stop.matches(':checked')) ?? start;
}

/** All radio buttons of one name are one stop. */
function isSameStop(one: Element, other: Element): boolean {
	if (one === other) return true;
	if (!(one instanceof HTMLInputElement && other instanceof HTMLInputElement)) return false;
	return one.type === 'radio' && other.type === 'radio' && one.name === other.name && one.form === other.form;
}

/** Where a scroll bar goes away nothing may move. */
function holdPage(): void {
	const bar = innerWidth - document.documentElement.clientWidth;
	document.documentElement.style.overflow = 'hidden';
	if (bar > 0) document.body.style.paddingRight = `${bar}px`;
}

function letPageGo(): void {
	document.documentElement.style.overflow = '';
	document.body.style.paddingRight = '';
}
