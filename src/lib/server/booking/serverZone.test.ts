import { afterEach, expect, test } from 'vitest';
import { clockChangeOn, clockChangeWords } from '../../shared/clockChanges.ts';
import { lastPeriods, periodName, yearPeriod } from '../../shared/periods.ts';
import {
	dateIn,
	formatDay,
	formatLongDate,
	formatTimeRange,
	formatZonedRange,
	readZoned
} from '../../shared/time.ts';
import { formatAgo } from '../../shared/timeAgo.ts';
import { freeTimes } from './freeTimes.ts';

const SERVERS = ['UTC', 'Pacific/Apia', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York'];
const VIEWERS = [
	'Europe/Berlin',
	'America/New_York',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'Asia/Kathmandu'
];
/** Around midnights and changes of the clocks, in one zone or another. */
const INSTANTS = [
	...[Date.UTC(2026, 2, 29, 0, 45), Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 10, 1, 5, 30)],
	...[Date.UTC(2026, 3, 4, 14, 50), Date.UTC(2026, 11, 31, 23, 59), Date.UTC(2026, 5, 30, 10, 15)]
];
const before = process.env.TZ;
afterEach(() => {
	if (before === undefined) delete process.env.TZ;
	else process.env.TZ = before;
});

/** Everything that a page, a mail or a table says about these instants. */
function said(): unknown {
	return VIEWERS.map((zone) =>
		INSTANTS.map((at) => {
			const [date, later] = [dateIn(at, zone), at + 3_600_000];
			const change = clockChangeOn(date, zone);
			const week = Array.from({ length: 7 }, () => [{ from: 60, to: 240 }]);
			const rules = { lessonMinutes: 60, pauseMinutes: 0, noticeHours: 0, aheadDays: 2 };
			return {
				words: [formatDay(at, later, zone), formatLongDate(at, zone), formatAgo(at - 7_200_000, at, zone)],
				ranges: [formatTimeRange(at, later, zone), formatZonedRange(at, later, zone)],
				read: [readZoned(date, '02:30', zone), readZoned(date, '00:00', zone)],
				change: change && clockChangeWords(change),
				periods: lastPeriods('week', at, zone, 3).map((period) => periodName('week', period, zone)),
				months: lastPeriods('month', at, zone, 3),
				year: yearPeriod(2026, zone),
				free: freeTimes({ zone, week, days: new Map() }, rules, [], at)
			};
		})
	);
}

test('[A4] [P12] where the server stands changes nothing that is said about time', () => {
	process.env.TZ = 'UTC';
	const expected = said();
	const noon = new Date(Date.UTC(2026, 6, 1, 12));
	const clocks = SERVERS.map((zone) => {
		process.env.TZ = zone;
		expect(said(), zone).toEqual(expected);
		return noon.getHours();
	});
	// They did stand elsewhere.
	expect(clocks).toEqual([12, 1, 22, 17, 8]);
});
