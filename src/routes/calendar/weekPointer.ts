import type { Attachment } from 'svelte/attachments';
import type { CalendarLesson } from '../../lib/shared/planning.ts';
import type { Place } from './weekAxis.ts';
import type { WeekMoves } from './weekMoves.svelte.ts';

/** A hand that trembles drags nothing, px; a finger rolls further than that while it rests. */
const STILL = { mouse: 5, touch: 10 };
/** A finger that rests on a lesson for so long takes it up, before the browser's own menu would come, ms. */
const HOLD_MS = 400;
/** As near to an edge the week scrolls along, and by so much a move, px. */
const EDGE = 36;
const ALONG = 10;

/** A button or a finger that is down. `isOn`: it carries or marks something. */
interface Press {
	id: number;
	x: number;
	y: number;
	isTouch: boolean;
	isOn: boolean;
	/** How far below the beginning of the lesson it took it, minutes. */
	grip: number;
	start: () => void;
}

/**
 * Dragging in the week: a lesson to another time, and by mouse or pen free time to plan. A finger scrolls the week, unless it
 * has rested on a lesson before; its tap on free time plans there. On the element that holds the rows; the cells of its first row tell where the days are.
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
		let from: Press | null = null;
		let holding: ReturnType<typeof setTimeout> | undefined;

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
			const isTouch = event.pointerType === 'touch';
			// Two fingers mean the page.
			if (from?.isTouch && !event.isPrimary) return letGo();
			if (event.button !== 0 || from || target.closest('button')) return;
			const code = target.closest<HTMLElement>('a[data-lesson]')?.dataset.lesson;
			const at = placeAt(event);
			const begin = { id: event.pointerId, x: event.clientX, y: event.clientY, isTouch, isOn: false };
			if (code !== undefined) {
				const lesson = deps.lessonOf(code);
				if (!lesson) return;
				from = { ...begin, grip: at.minute - deps.topOf(code), start: () => moves.lift(lesson) };
				if (isTouch) holding = setTimeout(onHeld, HOLD_MS);
			} else if (
				!isTouch &&
				deps.mayPlan() &&
				target.closest('[role=gridcell]') &&
				!target.closest('[data-lesson]')
			) {
				from = { ...begin, grip: 0, start: () => undefined };
				moves.mark(at);
			}
		}

		function takeUp(press: Press): void {
			press.isOn = true;
			press.start();
			element.setPointerCapture(press.id);
		}

		function onHeld(): void {
			if (!from) return;
			takeUp(from);
			navigator.vibrate?.(10);
		}

		/** Nothing happens, and the browser may do what it does. */
		function letGo(): void {
			clearTimeout(holding);
			from = null;
			moves.stop();
		}

		function onMove(event: PointerEvent): void {
			if (event.pointerId !== from?.id) return;
			if (!from.isOn) {
				const way = Math.hypot(event.clientX - from.x, event.clientY - from.y);
				if (way < STILL[from.isTouch ? 'touch' : 'mouse']) return;
				if (from.isTouch) return letGo();
				takeUp(from);
			}
			scrollAlong(event.clientY);
			const at = placeAt(event);
			if (moves.moving?.kind === 'free') moves.markTo(at.minute);
			else moves.carryTo({ ...at, minute: at.minute - from.grip });
		}

		function onUp(event: PointerEvent): void {
			if (event.pointerId !== from?.id) return;
			const { isOn, isTouch } = from;
			clearTimeout(holding);
			from = null;
			if (isOn) swallowClick();
			else if (isTouch) return;
			if (event.type === 'pointerup') moves.drop();
			else moves.stop();
		}

		function onKey(event: KeyboardEvent): void {
			if (event.key !== 'Escape' || !from) return;
			event.preventDefault();
			letGo();
		}

		/** What is carried by a finger takes the week along no further than its edges ask for. */
		function onTouchMove(event: TouchEvent): void {
			if (from?.isTouch && from.isOn && event.cancelable) event.preventDefault();
		}

		/** The browser's menu of a link would take the finger away from what it holds. */
		function onMenu(event: Event): void {
			if (from?.isTouch) event.preventDefault();
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
		// There from the beginning: a listener that comes later is not asked before the page scrolls.
		element.addEventListener('touchmove', onTouchMove, { signal, passive: false });
		element.addEventListener('contextmenu', onMenu, { signal });
		element.addEventListener('click', onTap, { signal });
		window.addEventListener('keydown', onKey, { signal, capture: true });
		return () => {
			listening.abort();
			letGo();
		};
	};
}
