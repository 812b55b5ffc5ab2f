import { mayRest, REST_AFTER } from './toolsRest.ts';

/** Whatever shows that somebody is there: it brings the controls back at once. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'wheel'] as const;

/** Whether the controls have stepped aside. To be called while a component is made. */
export function restTools(
	wanted: () => boolean,
	tools: () => HTMLElement | undefined
): { readonly now: boolean } {
	let resting = $state(false);

	function isTime(): boolean {
		const { activeElement } = document;
		return mayRest({
			wanted: wanted(),
			finePointer: matchMedia('(hover: hover) and (pointer: fine)').matches,
			focusInside: tools()?.contains(activeElement) ?? false,
			writing: activeElement?.matches('input, textarea, select, [contenteditable]') ?? false,
			asked: document.querySelector('[aria-modal="true"], :popover-open') !== null,
			pointedAt: tools()?.matches(':has(:hover)') ?? false
		});
	}

	$effect(() => {
		if (!wanted()) return;
		let timer: ReturnType<typeof setTimeout>;
		const later = () => {
			clearTimeout(timer);
			timer = setTimeout(() => (isTime() ? (resting = true) : later()), REST_AFTER);
		};
		const comeBack = () => {
			resting = false;
			later();
		};
		for (const sign of SIGNS) addEventListener(sign, comeBack, { capture: true, passive: true });
		later();
		return () => {
			clearTimeout(timer);
			resting = false;
			for (const sign of SIGNS) removeEventListener(sign, comeBack, { capture: true });
		};
	});

	return {
		get now() {
			return resting;
		}
	};
}
