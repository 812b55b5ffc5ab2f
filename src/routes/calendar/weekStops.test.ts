import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CalendarLesson } from '../../lib/shared/planning.ts';
import { weekOf } from './weekAxis.ts';
import { blocksOf } from './weekBlocks.ts';
import { firstStop, isSame, keptStop, nextStop, stopsOf, type StopMove } from './weekStops.ts';

const week = weekOf('2026-07-14', 'Europe/Berlin');
const lesson = (roomCode: string, day: number, minute: number, minutes = 60): CalendarLesson => ({
	roomCode,
	title: roomCode,
	status: 'scheduled',
	startsAt: week.from + (day * 1440 + minute) * 60_000,
	endsAt: week.from + (day * 1440 + minute + minutes) * 60_000,
	role: 'mentor',
	people: [],
	seriesId: null,
	answer: null,
	changeable: true
});
const stops = (...lessons: CalendarLesson[]) => stopsOf(blocksOf(week, lessons), 24);
const MOVES: StopMove[] = ['up', 'down', 'earlierDay', 'laterDay', 'firstDay', 'lastDay', 'top', 'bottom'];

test('[Y1] arrows go through lessons and free hours, and over what a lesson takes up', () => {
	const grid = stops(lesson('a', 1, 9 * 60, 150), lesson('b', 1, 9 * 60 + 30, 30));
	const at9 = firstStop(grid, 1, 8);
	expect(at9).toEqual({ day: 1, row: 9, roomCode: 'a' });
	const b = nextStop(grid, at9, 'down');
	expect(b).toEqual({ day: 1, row: 9, roomCode: 'b' });
	// 10 to 11 is wholly taken, 11 to 12 is not.
	expect(nextStop(grid, b, 'down')).toEqual({ day: 1, row: 11, roomCode: null });
	expect(nextStop(grid, at9, 'laterDay')).toEqual({ day: 2, row: 9, roomCode: null });
	// From a free hour beside it one comes to the lesson that covers it.
	expect(nextStop(grid, { day: 2, row: 10, roomCode: null }, 'earlierDay')).toMatchObject({ day: 1, row: 9 });
});

test('[Y1] every lesson is reached by one key, and each key leads to a stop', () => {
	const some = fc.array(
		fc.record({
			day: fc.integer({ min: 0, max: 6 }),
			minute: fc.integer({ min: 0, max: 1439 }),
			minutes: fc.integer({ min: 5, max: 480 })
		}),
		{ maxLength: 12 }
	);
	fc.assert(
		fc.property(some, (items) => {
			const lessons = items.map(({ day, minute, minutes }, nth) => lesson(`l${nth}`, day, minute, minutes));
			const grid = stops(...lessons);
			const all = grid.flat();
			for (const { roomCode } of lessons)
				expect(all.filter((stop) => stop.roomCode === roomCode)).toHaveLength(1);
			for (const column of grid) {
				if (column.length === 0) continue;
				let stop = column[0]!;
				const walked = column.slice(1).map(() => (stop = nextStop(grid, stop, 'down')));
				expect(walked).toEqual(column.slice(1));
			}
			for (const move of MOVES) {
				const lost = all.filter((stop) => !all.some((other) => isSame(other, nextStop(grid, stop, move))));
				expect(lost).toEqual([]);
			}
		}),
		{ numRuns: 30 }
	);
});

test('[Y2] the focus follows a lesson that is moved, and stays where it was when one goes away', () => {
	const stop = firstStop(stops(lesson('a', 1, 540)), 0, 0);
	expect(keptStop(stops(lesson('a', 3, 600)), stop)).toEqual({ day: 3, row: 10, roomCode: 'a' });
	expect(keptStop(stops(), stop)).toEqual({ day: 1, row: 9, roomCode: null });
});
