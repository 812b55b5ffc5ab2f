import type { Attachment } from 'svelte/attachments';
import { nearestCorner, type Corner } from './stageLayout.ts';

/** A hand that trembles drags nothing, px. */
const STILL = 6;
/** How long it takes to glide into its corner, ms. */
const GLIDE = 220;

/**
 * Lets a floating picture be dragged, by mouse, touch or pen, into any corner of what it floats over. Does nothing while
 * the layout gives it a fixed place (`--floats` is not set there) and nothing to the buttons on it.
 */
export function dragToCorner(onCorner: (corner: Corner) => void): Attachment<HTMLElement> {
	return (element) => {
		let from: { id: number; x: number; y: number } | null = null;
		let moved = false;

		function stop(): void {
			from = null;
			moved = false;
			element.style.translate = '';
			element.classList.remove('dragged');
		}

		function onDown(event: PointerEvent): void {
			const floats = getComputedStyle(element).getPropertyValue('--floats').trim() === '1';
			if (event.button !== 0 || from || !floats) return;
			if (event.target instanceof Element && event.target.closest('button')) return;
			from = { id: event.pointerId, x: event.clientX, y: event.clientY };
		}

		function onMove(event: PointerEvent): void {
			if (event.pointerId !== from?.id) return;
			const [x, y] = [event.clientX - from.x, event.clientY - from.y];
			if (!moved && Math.hypot(x, y) < STILL) return;
			if (!moved) element.setPointerCapture(event.pointerId);
			moved = true;
			element.classList.add('dragged');
			element.style.translate = `${x}px ${y}px`;
		}

		function onUp(event: PointerEvent): void {
			if (event.pointerId !== from?.id) return;
			const stage = element.parentElement?.getBoundingClientRect();
			const dropped = element.getBoundingClientRect();
			const letGo = moved && event.type === 'pointerup' && stage;
			stop();
			if (!letGo) return;
			onCorner(
				nearestCorner(
					(dropped.left + dropped.width / 2 - stage.left) / stage.width,
					(dropped.top + dropped.height / 2 - stage.top) / stage.height
				)
			);
			requestAnimationFrame(() => glide(dropped));
		}

		/** From where it was let go to where it stands now. */
		function glide(before: DOMRect): void {
			if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
			const now = element.getBoundingClientRect();
			const start = `${before.left - now.left}px ${before.top - now.top}px`;
			element.animate([{ translate: start }, { translate: '0 0' }], { duration: GLIDE, easing: 'ease-out' });
		}

		const listening = new AbortController();
		const { signal } = listening;
		element.addEventListener('pointerdown', onDown, { signal });
		element.addEventListener('pointermove', onMove, { signal });
		element.addEventListener('pointerup', onUp, { signal });
		element.addEventListener('pointercancel', onUp, { signal });
		return () => {
			listening.abort();
			stop();
		};
	};
}
