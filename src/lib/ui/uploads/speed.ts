/** How fast bytes leave, so that one can say how long it will take. Times in ms, from any clock that does not jump. */
export interface Speed {
	at: number;
	sent: number;
	/** Bytes a second, smoothed; null until it was measured for long enough. */
	rate: number | null;
	since: number;
}

/** Shorter looks say nothing: a line takes bytes in gulps. */
const LOOK_MS = 500;
/** Before this nobody is told, because the first gulps go into buffers. */
const WARM_UP_MS = 1_500;
/** The part of the newest look in the average. */
const NEWEST = 0.3;

export function startSpeed(at: number, sent: number): Speed {
	return { at, sent, rate: null, since: at };
}

export function measureSpeed(speed: Speed, at: number, sent: number): Speed {
	const took = at - speed.at;
	if (took < LOOK_MS) return speed;
	const rate = (Math.max(0, sent - speed.sent) / took) * 1_000;
	const smoothed = speed.rate === null ? rate : speed.rate * (1 - NEWEST) + rate * NEWEST;
	return { at, sent, rate: smoothed, since: speed.since };
}

/** Seconds, or null while one would have to guess. */
export function secondsLeft({ at, sent, rate, since }: Speed, size: number): number | null {
	if (rate === null || rate < 1 || at - since < WARM_UP_MS) return null;
	return Math.max(0, size - sent) / rate;
}
