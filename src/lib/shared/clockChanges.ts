import { dateIn, formatTime, offsetAt, readZoned } from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** No zone changed its clocks twice within this time. */
const LOOK_EVERY_MS = 12 * HOUR;

/** The wall clock of a zone is set: the first instant of the new time. Offsets are ms ahead of UTC. */
export interface ClockChange {
	at: number;
	before: number;
	after: number;
}

/** All changes after `from` until `to`, in order. */
export function clockChanges(from: number, to: number, zone: string): ClockChange[] {
	const changes: ClockChange[] = [];
	let [at, offset] = [from, offsetAt(from, zone)];
	while (at < to) {
		const next = Math.min(at + LOOK_EVERY_MS, to);
		const later = offsetAt(next, zone);
		if (later !== offset) {
			// Clocks are set at whole minutes.
			let [old, changed] = [Math.floor(at / MINUTE), Math.ceil(next / MINUTE)];
			while (changed - old > 1) {
				const middle = Math.floor((old + changed) / 2);
				if (offsetAt(middle * MINUTE, zone) === offset) old = middle;
				else changed = middle;
			}
			changes.push({ at: changed * MINUTE, before: offset, after: later });
		}
		[at, offset] = [next, later];
	}
	return changes;
}

/** The change on a calendar day (`2026-03-29`) of a zone; null on all other days. */
export function clockChangeOn(date: string, zone: string): ClockChange | null {
	const noon = readZoned(date, '12:00', zone);
	if (noon.kind !== 'once' && noon.kind !== 'twice') return null;
	const around = clockChanges(noon.at - DAY, noon.at + DAY, zone);
	return around.find((change) => dateIn(readings(change)[0], 'UTC') === date) ?? null;
}

/** What a change does to the day on which it happens: `The clocks go forward: 02:00 – 03:00 does not exist.` */
export function clockChangeWords(change: ClockChange): string {
	const [from, to] = readings(change).map((reading) => formatTime(reading, 'UTC'));
	return change.before < change.after
		? `The clocks go forward that day: ${from} – ${to} does not exist.`
		: `The clocks go back that day: ${from} – ${to} comes twice.`;
}

/** Between which readings of the wall clock time is left out or repeated; each as if it were UTC. */
function readings({ at, before, after }: ClockChange): [number, number] {
	return before < after ? [at + before, at + after] : [at + after, at + before];
}
