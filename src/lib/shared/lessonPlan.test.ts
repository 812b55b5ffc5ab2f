import { expect, test } from 'vitest';
import { offeredLength, readLessonPlan } from './lessonPlan.ts';

const NOW = Date.UTC(2026, 0, 1);
const form = {
	title: 'Fractions',
	learnerEmails: ['liam@peerlearn.test', 'liam@peerlearn.test'],
	date: '2026-07-14',
	time: '15:00',
	minutes: 60,
	price: '45.50'
};

test('[A2] a plan becomes an instant and minor units, each learner once', () => {
	expect(readLessonPlan(form, 'Europe/Berlin', 'EUR', NOW)).toEqual({
		kind: 'plan',
		plan: {
			title: 'Fractions',
			learnerEmails: ['liam@peerlearn.test'],
			startsAt: Date.UTC(2026, 6, 14, 13),
			minutes: 60,
			priceMinor: 4550
		}
	});
});

test('[A4] of an hour that comes twice the first one is meant', () => {
	const plan = readLessonPlan({ ...form, date: '2026-10-25', time: '02:30' }, 'Europe/Berlin', 'EUR', NOW);
	expect(plan).toMatchObject({ kind: 'plan', plan: { startsAt: Date.UTC(2026, 9, 25, 0, 30) } });
});

test('[A4] a time that the clocks skip is explained at the time field', () => {
	const read = readLessonPlan({ ...form, date: '2026-03-29', time: '02:30' }, 'Europe/Berlin', 'EUR', NOW);
	expect(read).toMatchObject({
		kind: 'problems',
		problems: { time: expect.stringContaining('does not exist') }
	});
});

test('[A2] a session whose end has passed cannot be planned, one that is under way can', () => {
	const start = Date.UTC(2026, 6, 14, 13);
	const late = readLessonPlan(form, 'Europe/Berlin', 'EUR', start + 3_600_000);
	expect(late).toMatchObject({ kind: 'problems', problems: { date: expect.stringContaining('past') } });
	expect(readLessonPlan(form, 'Europe/Berlin', 'EUR', start + 60_000).kind).toBe('plan');
});

test('[A2] every wrong field is named at once', () => {
	expect(readLessonPlan({ ...form, date: 'soon', price: 'much' }, 'Europe/Berlin', 'EUR', NOW)).toEqual({
		kind: 'problems',
		problems: { date: 'This is not a date and time.', price: 'Enter a price such as 45 or 45.50.' }
	});
});

test('[A2] a length that is not offered becomes the closest one that is', () => {
	expect([1, 45, 65, 70, 500].map(offeredLength)).toEqual([15, 45, 60, 75, 240]);
});
