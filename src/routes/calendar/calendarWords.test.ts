import { expect, test } from 'vitest';
import type { CalendarLesson } from '../../lib/shared/planning.ts';
import { clockChange, lessonMark, lessonWords, peopleWords } from './calendarWords.ts';
import { weekOf } from './weekAxis.ts';

test('[A4] a week in which clocks change says so', () => {
	expect(clockChange(weekOf('2026-10-20', 'Europe/Berlin'))).toBe(
		'On 25 October the clocks go back: the time from 02:00 to 03:00 comes twice.'
	);
	expect(clockChange(weekOf('2026-03-29', 'Europe/Berlin'))).toBe(
		'On 29 March the clocks go forward: after 01:59 it is 03:00.'
	);
	expect(clockChange(weekOf('2026-07-14', 'Europe/Berlin'))).toBeNull();
	expect(clockChange(weekOf('2026-10-25', 'UTC'))).toBeNull();
});

test('[Y2] a lesson in the week is said with its day, its people and where it stands', () => {
	const startsAt = Date.UTC(2026, 6, 14, 13);
	const lesson: CalendarLesson = {
		...{ roomCode: 'a', title: 'Algebra', startsAt, endsAt: startsAt + 3_600_000, status: 'scheduled' },
		...{ role: 'learner', people: ['Maya Okafor'], seriesId: null, answer: 'open', changeable: false }
	};
	const words = 'Algebra, Tuesday, 14 July 2026, 15:00 – 16:00, with Maya Okafor, Not answered yet';
	expect(lessonWords(lesson, 'Europe/Berlin')).toBe(words);
	expect(lessonMark({ status: 'cancelled', answer: 'open' })).toBe('Cancelled');
	expect(lessonMark({ status: 'scheduled', answer: 'accepted' })).toBeNull();
	expect(peopleWords(['A', 'B', 'C', 'D'])).toBe('A, B and 2 more people');
});
