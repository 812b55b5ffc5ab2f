import type { Stop } from '../../ports.ts';

const TYPES = ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const;

/**
 * Keeps the hand that holds a pen from the drawing library, to which any touch beside a stroke means a second finger: it
 * would end the stroke, throw it away where it is short, or draw on from where the palm is.
 */
export function keepPalmsOff(place: HTMLElement): Stop {
	/** Touches on the board that the library knows of. */
	const touches = new Map<number, PointerEvent>();
	/** Those that it hears nothing of (any more). */
	const palms = new Set<number>();
	let isPenDown = false;

	function hearPen({ type, target }: PointerEvent): void {
		if (type === 'pointerup' || type === 'pointercancel') isPenDown = false;
		if (type !== 'pointerdown' || !place.contains(target as Node)) return;
		isPenDown = true;
		// A hand that was there before the pen is let go first.
		for (const [pointerId, touch] of touches) {
			palms.add(pointerId);
			const { clientX, clientY } = touch;
			const where = { clientX, clientY, bubbles: true, cancelable: true };
			touch.target?.dispatchEvent(
				new PointerEvent('pointerup', { ...where, pointerId, pointerType: 'touch' })
			);
		}
		touches.clear();
	}

	function hear(event: PointerEvent): void {
		const { type, pointerId, pointerType, target } = event;
		if (!event.isTrusted) return;
		if (pointerType === 'pen') return hearPen(event);
		if (pointerType !== 'touch') return;
		if (type === 'pointerdown' && place.contains(target as Node)) {
			if (isPenDown) palms.add(pointerId);
			else touches.set(pointerId, event);
		}
		if (palms.has(pointerId)) event.stopImmediatePropagation();
		if (type !== 'pointerup' && type !== 'pointercancel') return;
		touches.delete(pointerId);
		palms.delete(pointerId);
	}

	for (const type of TYPES) window.addEventListener(type, hear, true);
	return () => {
		for (const type of TYPES) window.removeEventListener(type, hear, true);
	};
}
