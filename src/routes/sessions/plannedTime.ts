import type { LearnerZone } from '../../lib/shared/learnerZone.ts';
import type { Conflicts, Occurrence } from '../../lib/shared/planning.ts';
import { readZoned } from '../../lib/shared/time.ts';

/** What the server knows about a time that somebody is about to choose. */
export interface TimeCheck extends Conflicts {
	zones: LearnerZone[];
}

/** What the fields of a form mean so far; instants are ms since the epoch. */
export type FieldsRead =
	| { kind: 'incomplete' }
	/** The clocks go forward over it. */
	| { kind: 'skipped' }
	| { kind: 'start'; first: Occurrence };

/** Reads date, time and length while one types. */
export function readFields(date: string, time: string, minutes: number, zone: string): FieldsRead {
	const reading = readZoned(date, time, zone);
	if (reading.kind === 'unreadable') return { kind: 'incomplete' };
	if (reading.kind === 'skipped') return { kind: 'skipped' };
	const endsAt = reading.at + minutes * 60_000;
	return { kind: 'start', first: { startsAt: reading.at, endsAt, clock: reading.kind } };
}
