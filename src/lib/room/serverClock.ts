/**
 * What is known of the difference “server clock − local clock”, in ms. Each answer of the server gives bounds,
 * and the truth lies in all of them; so the estimate only gets better, whatever the local clock shows (spec M2).
 */
export interface ServerClock {
	low: number;
	/** Infinity until a round trip was measured. */
	high: number;
	/** Local time of the newest sample. */
	at: number;
}

/** Clocks of computers drift by some ten parts in a million; bounds widen by this much with age. */
const DRIFT = 0.0002;
/** A server time that is older than expected by this much means that the local clock was changed. */
const SUSPICIOUS_MS = 2_000;

/** From one server time that has just arrived, after an unknown time on the way. */
export function startClock(serverNow: number, localNow: number): ServerClock {
	return { low: serverNow - localNow, high: Infinity, at: localNow };
}

/** A server time that came unasked: it cannot be later than the server's clock is now. */
export function heardTime(clock: ServerClock, serverNow: number, localNow: number): ServerClock {
	return narrowed(clock, serverNow - localNow, Infinity, localNow);
}

/** A server time that was asked for: it was read between `askedAt` and `answeredAt`, both local. */
export function askedTime(
	clock: ServerClock,
	serverNow: number,
	askedAt: number,
	answeredAt: number
): ServerClock {
	return narrowed(clock, serverNow - answeredAt, serverNow - askedAt, answeredAt);
}

/** The local clock seems to have been changed since the last sample: ask anew. */
export function looksWrong(clock: ServerClock, serverNow: number, localNow: number): boolean {
	return Math.abs(serverNow - (localNow + offsetOf(clock))) > SUSPICIOUS_MS;
}

/** Best guess of “server − local” in ms. */
export function offsetOf(clock: ServerClock): number {
	return Number.isFinite(clock.high) ? (clock.low + clock.high) / 2 : clock.low;
}

function narrowed(clock: ServerClock, low: number, high: number, at: number): ServerClock {
	const slack = Math.abs(at - clock.at) * DRIFT;
	const next = { low: Math.max(clock.low - slack, low), high: Math.min(clock.high + slack, high), at };
	// Bounds that contradict each other: the local clock jumped, so only the newest sample counts.
	return next.low <= next.high ? next : { low, high, at };
}
