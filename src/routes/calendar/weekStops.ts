import type { Block } from './weekBlocks.ts';
import { rowOf } from './weekBlocks.ts';

/**
 * Where the keyboard can be in the week: on every lesson, and on every hour in which none begins and that is not wholly
 * taken. One stop has the focus; arrows go to the next one (https://www.w3.org/WAI/ARIA/apg/patterns/grid/).
 */
export interface Stop {
	day: number;
	row: number;
	/** Null: a free hour. */
	roomCode: string | null;
}

export type StopMove = 'up' | 'down' | 'earlierDay' | 'laterDay' | 'firstDay' | 'lastDay' | 'top' | 'bottom';

/** The stops of each day, from top to bottom. */
export function stopsOf(blocks: readonly Block[], rows: number): Stop[][] {
	return Array.from({ length: 7 }, (_, day) => {
		const ofDay = blocks.filter((block) => block.day === day);
		return Array.from({ length: rows }, (_, row) => {
			const heads = ofDay
				.filter((block) => block.isHead && rowOf(block) === row)
				.sort((a, b) => a.from - b.from)
				.map(({ lesson }) => ({ day, row, roomCode: lesson.roomCode }));
			if (heads.length > 0) return heads;
			const isTaken = ofDay.some(({ from, to }) => from <= row * 60 && to >= row * 60 + 60);
			return isTaken ? [] : [{ day, row, roomCode: null }];
		}).flat();
	});
}

/** The stop that a key leads to; the same one where there is none further on. */
export function nextStop(stops: readonly Stop[][], from: Stop, move: StopMove): Stop {
	const column = stops[from.day]!;
	const index = column.findIndex((stop) => isSame(stop, from));
	const inDay = (day: number) => nearest(stops[Math.min(6, Math.max(0, day))]!, from.row) ?? from;
	if (move === 'up') return column[index - 1] ?? from;
	if (move === 'down') return column[index + 1] ?? from;
	if (move === 'top') return column[0] ?? from;
	if (move === 'bottom') return column.at(-1) ?? from;
	if (move === 'firstDay') return inDay(0);
	if (move === 'lastDay') return inDay(6);
	const day = from.day + (move === 'laterDay' ? 1 : -1);
	return day < 0 || day > 6 ? from : inDay(day);
}

/** Where the focus is when somebody first comes in: on the first lesson from `row` of `day` on, else there. */
export function firstStop(stops: readonly Stop[][], day: number, row: number): Stop {
	const column = stops[day]!;
	return (
		column.find((stop) => stop.roomCode !== null && stop.row >= row) ??
		stops
			.slice(day)
			.flat()
			.find((stop) => stop.roomCode !== null && (stop.day > day || stop.row >= row)) ??
		nearest(column, row) ??
		column[0] ??
		stops.flat()[0]!
	);
}

/** The same place when the week has changed meanwhile: a lesson that was moved is followed. */
export function keptStop(stops: readonly Stop[][], stop: Stop): Stop {
	const all = stops.flat();
	const same = stop.roomCode === null ? undefined : all.find(({ roomCode }) => roomCode === stop.roomCode);
	return same ?? nearest(stops[stop.day]!, stop.row) ?? all[0]!;
}

export function isSame(one: Stop, other: Stop): boolean {
	if (one.roomCode !== null || other.roomCode !== null) return one.roomCode === other.roomCode;
	return one.day === other.day && one.row === other.row;
}

/** The stop of a day in this row, else what covers it, which began above. */
function nearest(column: readonly Stop[], row: number): Stop | undefined {
	return column.find((stop) => stop.row === row) ?? column.findLast((stop) => stop.row < row) ?? column[0];
}
