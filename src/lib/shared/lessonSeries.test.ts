import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { movedWith, weeklySeries } from './lessonSeries.ts';
import { dateIn, formatTime, isTimeZone, readZoned } from './time.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Clocks that change on other days, by half an hour, by none; one beyond the date line that once left out a day. */
const ZONES = [
	'Europe/Berlin',
	'America/New_York',
	'Australia/Lord_Howe',
	'Africa/Casablanca',
	'Asia/Kathmandu',
	'Pacific/Apia',
	'America/Santiago',
	'UTC'
];
const zones = fc.constantFrom(...ZONES.filter(isTimeZone));
const instants = fc.integer({ min: Date.UTC(2005, 0) / MINUTE, max: Date.UTC(2040, 0) / MINUTE });

function at(date: string, time: string, zone: string): number {
	const reading = readZoned(date, time, zone);
	if (reading.kind === 'skipped' || reading.kind === 'unreadable') throw new Error(`No ${time} on ${date}`);
	return reading.at;
}

const clock = (instant: number, zone: string) => `${dateIn(instant, zone)} ${formatTime(instant, zone)}`;

describe('[A4] [P12] a lesson every week', () => {
	test('stays at the same time on the mentor’s clock when summer time begins and ends', () => {
		const zone = 'Europe/Berlin';
		const spring = weeklySeries({ startsAt: at('2026-03-24', '18:00', zone), minutes: 45, weeks: 2 }, zone);
		expect(spring.map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual([
			'2026-03-24T17:00:00.000Z',
			'2026-03-31T16:00:00.000Z'
		]);
		const autumn = weeklySeries({ startsAt: at('2026-10-20', '18:00', zone), minutes: 45, weeks: 2 }, zone);
		expect(autumn.map(({ startsAt }) => clock(startsAt, zone))).toEqual([
			'2026-10-20 18:00',
			'2026-10-27 18:00'
		]);
		expect(autumn.every(({ startsAt, endsAt }) => endsAt - startsAt === 45 * MINUTE)).toBe(true);
	});

	test('in an hour that is skipped it is as much later as the clocks jump, and says so', () => {
		const zone = 'Europe/Berlin';
		const series = weeklySeries({ startsAt: at('2026-03-22', '02:30', zone), minutes: 60, weeks: 3 }, zone);
		expect(series.map(({ startsAt, clock: how }) => [clock(startsAt, zone), how])).toEqual([
			['2026-03-22 02:30', 'once'],
			['2026-03-29 03:30', 'skipped'],
			['2026-04-05 02:30', 'once']
		]);
		const halfHour = weeklySeries(
			{ startsAt: at('2026-09-27', '02:15', 'Australia/Lord_Howe'), minutes: 60, weeks: 2 },
			'Australia/Lord_Howe'
		);
		expect(halfHour.map(({ startsAt }) => clock(startsAt, 'Australia/Lord_Howe'))).toEqual([
			'2026-09-27 02:15',
			'2026-10-04 02:45'
		]);
	});

	test('in an hour that comes twice the first is meant, and it says so', () => {
		const zone = 'Europe/Berlin';
		const series = weeklySeries({ startsAt: at('2026-10-18', '02:30', zone), minutes: 60, weeks: 2 }, zone);
		expect(series[1]).toMatchObject({ startsAt: Date.parse('2026-10-25T00:30:00Z'), clock: 'twice' });
		// Whoever means the second of the two has chosen that very instant.
		const second = Date.parse('2026-10-25T01:30:00Z');
		expect(weeklySeries({ startsAt: second, minutes: 60, weeks: 1 }, zone)[0]?.startsAt).toBe(second);
	});

	test('whatever the zone and the start: a week apart by date, the same time unless the clocks leave it out', () => {
		fc.assert(
			fc.property(zones, instants, fc.integer({ min: 1, max: 26 }), (zone, minute, weeks) => {
				const startsAt = minute * MINUTE + 12_345;
				const series = weeklySeries({ startsAt, minutes: 50, weeks }, zone);
				expect(series).toHaveLength(weeks);
				expect(series[0]?.startsAt).toBe(startsAt);
				series.forEach((lesson, week) => {
					expect(lesson.endsAt - lesson.startsAt).toBe(50 * MINUTE);
					if (lesson.clock === 'skipped') {
						// Never longer than the jump, and never earlier.
						const plain =
							Date.parse(`${dateIn(startsAt, zone)}T${formatTime(startsAt, zone)}Z`) + week * 7 * DAY;
						const shown = Date.parse(
							`${dateIn(lesson.startsAt, zone)}T${formatTime(lesson.startsAt, zone)}Z`
						);
						expect(shown - plain).toBeGreaterThan(0);
						expect(shown - plain).toBeLessThanOrEqual(DAY);
						return;
					}
					const date = new Date(Date.parse(dateIn(startsAt, zone)) + week * 7 * DAY)
						.toISOString()
						.slice(0, 10);
					expect(clock(lesson.startsAt, zone)).toBe(`${date} ${formatTime(startsAt, zone)}`);
				});
			})
		);
	});
});

describe('[A2] [A4] moving a series', () => {
	test('later lessons go as many days on and take the new time, also over a clock change', () => {
		const zone = 'America/New_York';
		const move = {
			from: at('2026-10-27', '16:00', zone),
			to: at('2026-10-29', '09:30', zone),
			minutes: 30
		};
		const later = at('2026-11-03', '16:00', zone);
		const moved = movedWith(move, later, zone);
		expect(clock(moved.startsAt, zone)).toBe('2026-11-05 09:30');
		expect(moved.endsAt - moved.startsAt).toBe(30 * MINUTE);
	});

	test('moved there and back every lesson is where it was, unless a clock left its time out', () => {
		fc.assert(
			fc.property(
				zones,
				instants,
				fc.integer({ min: -20_000, max: 20_000 }),
				fc.integer({ min: 1, max: 25 }),
				(zone, minute, by, week) => {
					const from = minute * MINUTE;
					const to = from + by * MINUTE;
					const lesson = weeklySeries({ startsAt: from, minutes: 60, weeks: week + 1 }, zone)[week]!;
					const there = movedWith({ from, to, minutes: 60 }, lesson.startsAt, zone);
					const back = movedWith({ from: to, to: from, minutes: 60 }, there.startsAt, zone);
					// A skipped time may fall onto the next day by its jump; what was moved from there is counted from there.
					if ([lesson, there].some(({ clock: how }) => how === 'skipped')) return;
					expect(back.startsAt).toBe(lesson.startsAt);
				}
			)
		);
	});
});
