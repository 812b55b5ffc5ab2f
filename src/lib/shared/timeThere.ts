import type { DeviceTrouble } from './deviceTrouble.ts';

/** A time somebody was there, in the lobby or in the lesson; ms since the epoch. */
export interface TimeThere {
	from: number;
	to: number;
	/** What was wrong with their devices at its end: to be without them is not to be absent (spec F9). */
	deviceTrouble: DeviceTrouble | null;
}
