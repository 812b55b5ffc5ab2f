/** Attempt (0 = the first retry) → delay in ms. Pure but for `random`, a number in [0, 1). */
export type RetryPolicy = (attempt: number, random?: () => number) => number;

/** How far delays are spread, so that many clients do not come back in the same instant: least and most, as a share. */
const AROUND = [0.75, 1.25] as const;
/** For what has been promised by a time: never later. */
const NOT_LATER = [0.5, 1] as const;

function stepped(delays: readonly number[], [least, most]: readonly [number, number] = AROUND): RetryPolicy {
	return (attempt, random = Math.random) => {
		const last = delays.length - 1;
		const delay = delays[Math.min(Math.max(attempt, 0), last)] ?? 0;
		return Math.round(delay * (least + (most - least) * random()));
	};
}

/** Ten minutes of tries even if each of them comes as soon as it may. */
const LONG_OUTAGE_ATTEMPTS = 1_510;
const socketSteps = stepped([0, 100, 200, 400, 800], NOT_LATER);
const longOutageSteps = stepped([2_400]);

/** The socket to our server (spec T2): never gives up, after a long outage a little slower. */
export const socketRetry: RetryPolicy = (attempt, random) =>
	attempt < LONG_OUTAGE_ATTEMPTS ? socketSteps(attempt, random) : longOutageSteps(attempt, random);

/** Starts of a server that take longer than these tries are no restarts. */
const RESTART_ATTEMPTS = 40;
const restartSteps = stepped([0, 150], NOT_LATER);

/** The socket to our server after it said that it restarts: for about five seconds its return is noticed at once. */
export const restartRetry: RetryPolicy = (attempt, random) =>
	attempt < RESTART_ATTEMPTS ? restartSteps(attempt, random) : socketRetry(attempt, random);

/** The PeerServer. It is not needed while calls run, so it may take a moment longer. */
export const peerServerRetry: RetryPolicy = stepped([0, 200, 500, 1_000, 2_000]);

/** A call that closed or did not connect, while both people are present. */
export const callRetry: RetryPolicy = stepped([0, 300, 1_000, 2_000, 4_000]);

/** Requests that the server refused for a moment or that were cut off. */
export const requestRetry: RetryPolicy = stepped([200, 500, 1_000, 2_000, 4_000]);

/** How long a call may take to show media before it is made anew, in ms. Grows: slow networks need the time. */
export function callPatience(attempt: number): number {
	return Math.min(8_000 + attempt * 4_000, 20_000);
}

/**
 * How long a call to somebody who was reached before may stay without an answer, in ms. The way it is set up by may
 * look open and be dead, and then the other way is tried. Grows: slow networks need the time.
 */
export function answerPatience(attempt: number): number {
	return Math.min(2_500 + attempt * 1_500, 10_000);
}

/**
 * How long a call beside a silent one is given, in ms. It connects by itself when the path is back, and no other can
 * while it is replaced; browsers give up after 15 s.
 */
export const BESIDE_PATIENCE = 12_000;

/** How long a call to somebody who was reached before may be without a single pair of addresses to try, in ms. */
export const PAIR_PATIENCE = 2_500;

/**
 * How long a call to somebody who was reached before may be without the address of a TURN server that it should have,
 * in ms. Grows: a slow network needs four ways there and back for one.
 */
export function relayPatience(attempt: number): number {
	return Math.min(PAIR_PATIENCE + attempt * 1_000, 5_000);
}

/** How much longer a call is given once the other side answers on the media path, in ms. */
export const REACHED_PATIENCE = 4_000;

/** How much later than the one who calls by rule the other side calls beside a silent call, in ms. */
export const BESIDE_COURTESY = 1_000;
