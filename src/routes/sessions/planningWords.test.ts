import { expect, test } from 'vitest';
import {
	answersWords,
	clockWords,
	conflictWords,
	isElsewhere,
	seriesWords,
	timesThere,
	whenWords
} from './planningWords.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const hour = (text: string) => ({ startsAt: utc(text), endsAt: utc(text) + 3_600_000 });
const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';

test('[A2] the dates of a series are named, of a long one the first and the last', () => {
	const weeks = (count: number) =>
		Array.from({ length: count }, (_, nth) => utc('2026-07-14T13:00:00') + nth * 7 * 86_400_000);
	expect(seriesWords(weeks(3), BERLIN)).toBe('Every Tuesday, 3 sessions: 14 July, 21 July and 28 July.');
	expect(seriesWords(weeks(12), BERLIN)).toBe(
		'Every Tuesday, 12 sessions, from 14 July to Tuesday, 29 September 2026.'
	);
});

test('[A4] times are said with their zone, on the clock of whoever reads them', () => {
	expect(whenWords(hour('2026-07-14T13:00:00'), BERLIN)).toBe('Tuesday, 14 July 2026, 15:00 – 16:00 CEST');
	expect(timesThere([hour('2026-07-14T13:00:00')], BERLIN, NEW_YORK)).toBe('09:00 – 10:00 GMT-4');
	expect(timesThere([hour('2026-07-14T13:00:00')], BERLIN, 'Pacific/Auckland')).toBe(
		'Wednesday 01:00 – 02:00 GMT+12'
	);
});

test('[A4] where clocks change on other days it is said from when on the time is another one', () => {
	// Berlin goes back on 25 October, New York on 1 November.
	const series = [hour('2026-10-20T13:00:00'), hour('2026-10-27T14:00:00'), hour('2026-11-03T14:00:00')];
	expect(timesThere(series, BERLIN, NEW_YORK)).toBe(
		'09:00 – 10:00 GMT-4, from 27 October on 10:00 – 11:00 GMT-4 and from 3 November on 09:00 – 10:00 GMT-5'
	);
	expect(isElsewhere(series, BERLIN, NEW_YORK)).toBe(true);
	expect(isElsewhere(series, BERLIN, 'Europe/Paris')).toBe(false);
});

test('[A4] what the clocks do is explained', () => {
	const at = { ...hour('2026-03-29T01:30:00') };
	expect(clockWords({ ...at, clock: 'once' }, BERLIN)).toBeNull();
	expect(clockWords({ ...at, clock: 'skipped' }, BERLIN)).toBe(
		'On 29 March the clocks go forward and this time is skipped: the session starts at 03:30.'
	);
	expect(clockWords({ ...hour('2026-10-25T00:30:00'), clock: 'twice' }, BERLIN)).toContain('comes twice');
});

test('[A2] one’s own lesson is named, of a learner only that there is something', () => {
	const at = { ...hour('2026-07-14T13:00:00'), clock: 'once' as const };
	const own = {
		kind: 'own',
		at,
		title: 'Physics',
		roomCode: 'x',
		with: hour('2026-07-14T13:30:00')
	} as const;
	expect(conflictWords(own, BERLIN)).toBe('You have “Physics” on 14 July, 15:30 – 16:30.');
	const learner = { kind: 'learner', at, email: 'liam@peerlearn.test', name: 'Liam Chen' } as const;
	expect(conflictWords(learner, BERLIN)).toBe('Liam Chen has something else on 14 July at 15:00.');
});

test('[A2] answers at a glance', () => {
	const said = (open: number, accepted: number, declined: number) =>
		answersWords({ open, accepted, declined })?.text ?? null;
	expect(said(0, 0, 0)).toBeNull();
	expect(said(1, 0, 0)).toBe('Not answered yet');
	expect(said(2, 0, 0)).toBe('No answers yet');
	expect(said(0, 1, 0)).toBe('Accepted');
	expect(said(0, 2, 0)).toBe('All accepted');
	expect(said(0, 0, 1)).toBe('Declined');
	expect(said(1, 1, 1)).toBe('1 of 3 accepted, 1 declined');
	expect(said(1, 1, 0)).toBe('1 of 2 accepted');
});
