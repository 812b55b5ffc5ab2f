import type { Attachment } from 'svelte/attachments';

const STEP: Record<string, (at: number, count: number) => number> = {
	ArrowRight: (at, count) => (at + 1) % count,
	ArrowLeft: (at, count) => (at - 1 + count) % count,
	Home: () => 0,
	End: (_at, count) => count - 1
};

/**
 * One tab stop for all buttons of a toolbar, arrow keys, Home and End inside
 * (https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/). Buttons that are unavailable for the moment carry
 * `aria-disabled` and stay reachable, so that the focus is never lost under somebody's fingers.
 */
export const rovingFocus: Attachment<HTMLElement> = (toolbar) => {
	let current: HTMLElement | null = null;

	/** Entries of a menu that hangs in the toolbar have a role and keys of their own. */
	function buttons(): HTMLElement[] {
		return [...toolbar.querySelectorAll<HTMLElement>('button:not([role])')];
	}

	function settle(): void {
		const all = buttons();
		const first = () => all.find((button) => button.ariaCurrent !== null) ?? all[0] ?? null;
		if (!current || !all.includes(current)) current = first();
		for (const button of all) button.tabIndex = button === current ? 0 : -1;
	}

	function onFocusIn(event: FocusEvent): void {
		const button = buttons().find((each) => each === event.target);
		if (!button) return;
		current = button;
		settle();
	}

	function onKeyDown(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
		const all = buttons();
		const at = all.findIndex((each) => each === event.target);
		const step = STEP[event.key];
		if (at < 0 || !step) return;
		// The toolbar keeps its order of reading in right-to-left languages: the arrows follow the eye.
		const mirrored = getComputedStyle(toolbar).direction === 'rtl' && event.key.startsWith('Arrow');
		const target = mirrored
			? all[(2 * at - step(at, all.length) + all.length) % all.length]
			: all[step(at, all.length)];
		target?.focus();
		event.preventDefault();
	}

	settle();
	const observer = new MutationObserver(settle);
	observer.observe(toolbar, { childList: true, subtree: true });
	toolbar.addEventListener('focusin', onFocusIn);
	toolbar.addEventListener('keydown', onKeyDown);
	return () => {
		observer.disconnect();
		toolbar.removeEventListener('focusin', onFocusIn);
		toolbar.removeEventListener('keydown', onKeyDown);
	};
};
