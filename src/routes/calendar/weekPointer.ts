import type { Attachment } from 'svelte/attachments';
import type { CalendarLesson } from '../../lib/shared/planning.ts';
import type { Place } from './weekAxis.ts';
import type { WeekMoves } from './weekMoves.svelte.ts';

/** A hand that trembles drags nothing, px. */
const STILL = 5;
/** As near to an edge the week scrolls along, and by so much a move, px. */
const EDGE = 36;
const ALONG = 10;

/**
 * Dragging in the week by mouse or pen: a lesson to another time, free time to plan. By touch the week is scrolled; a tap on
 * free time plans there. On the element that holds the rows; the cells of its first row tell where the days are.
 */
export function weekPointer(deps: {
	moves: WeekMoves;
	/** Of a block under the pointer; null where it may not be moved. */
	lessonOf: (roomCode: string) => CalendarLesson | null;
	/** Where it begins in this week, minutes of the axis. */
	topOf: (roomCode: string) => number;
	/** Free time may be marked. */
	mayPlan: () => boolean;
	/** As many as the rows stand for, minutes. */
	minutes: () => number;
}): Attachment<HTMLElement> {
	const { moves } = deps;
	return (element) => {
		let from: { id: number; x: number; y: number; start: () => void; isOn: boolean; grip: number } | null =
			null;

		function placeAt({ clientX, clientY }: MouseEvent): Place {
			const columns = [...element.querySelectorAll('[data-row="0"]')].map((cell) =>
				cell.getBoundingClientRect()
			);
			const gap = ({ left, right }: DOMRect) => Math.max(left - clientX, clientX - right, 0);
			const nearest = columns.reduce(
				(best, column, day) => (gap(column) < gap(columns[best]!) ? day : best),
				0
			);
			const { top, height } = element.getBoundingClientRect();
			return { day: nearest, minute: ((clientY - top) / height) * deps.minutes() };
		}

		function onDown(event: PointerEvent): void {
			const target = event.target as Element;
			if (event.button !== 0 || event.pointerType === 'touch' || from || target.closest('button')) return;
			const code = target.closest<HTMLElement>('a[data-lesson]')?.dataset.lesson;
			const at = placeAt(event);
			const begin = { id: event.pointerId, x: event.clientX, y: event.clientY, isOn: false };
			if (code !== undefined) {
				const lesson = deps.lessonOf(code);
				if (lesson) from = { ...begin, grip: at.minute - deps.topOf(code), start: () => moves.lift(lesson) };
			} else if (deps.mayPlan() && target.closest('[role=gridcell]') && !target.closest('[data-lesson]')) {
				from = { ...begin, grip: 0, start: () => undefined };
				moves.mark(at);
			}
		}

		function onMove(event: PointerEvent): void {
			if (event.pointerId !== from?.id) return;
			if (!from.isOn) {
				if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < STILL) return;
				from.isOn = true;
				from.start();
				element.setPointerCapture(event.pointerId);
			}
			scrollAlong(event.clientY);
			const at = placeAt(event);
			if (moves.moving?.kind === 'free') moves.markTo(at.minute);
			else moves.carryTo({ ...at, minute: at.minute - from.grip });
		}

		function onUp(event: PointerEvent): void {
			if (event.pointerId !== from?.id) return;
			const { isOn } = from;
			from = null;
			if (isOn) swallowClick();
			if (event.type === 'pointerup') moves.drop();
			else moves.stop();
		}

		function onKey(event: KeyboardEvent): void {
			if (event.key !== 'Escape' || !from) return;
			event.preventDefault();
			from = null;
			moves.stop();
		}

		function onTap(event: MouseEvent): void {
			if (!(event instanceof PointerEvent) || event.pointerType !== 'touch' || !deps.mayPlan()) return;
			const target = event.target as Element;
			if (target.closest('a, button') || !target.closest('[role=gridcell]')) return;
			moves.mark(placeAt(event));
			moves.drop();
		}

		/** The end of a drag over a link is no press on it. */
		function swallowClick(): void {
			const swallow = (event: Event) => {
				event.preventDefault();
				event.stopPropagation();
			};
			window.addEventListener('click', swallow, { capture: true, once: true });
			setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
		}

		function scrollAlong(y: number): void {
			const box = element.closest<HTMLElement>('[data-scrolls]');
			if (!box) return;
			const { top, bottom } = box.getBoundingClientRect();
			if (y < top + EDGE) box.scrollTop -= ALONG;
			else if (y > bottom - EDGE) box.scrollTop += ALONG;
		}

		const listening = new AbortController();
		const { signal } = listening;
		element.addEventListener('pointerdown', onDown, { signal });
		element.addEventListener('pointermove', onMove, { signal });
		element.addEventListener('pointerup', onUp, { signal });
		element.addEventListener('pointercancel', onUp, { signal });
		element.addEventListener('click', onTap, { signal });
		window.addEventListener('keydown', onKey, { signal, capture: true });
		return () => {
			listening.abort();
			moves.stop();
		};
	};
}
