import { askedTime, heardTime, looksWrong, offsetOf, startClock } from './serverClock.ts';
import type { Clock, ServerLink, Stop } from './ports.ts';

/** Questions asked in a row; the fastest answer decides. */
const ROUND_TRIPS = 3;
/** Between two measurements, ms. */
const INTERVAL = 60_000;
/** Between two questions that only show how long the way is, ms. */
const TRIP_EVERY = 5_000;
/** A tick that comes this much early or late means sleep or a changed local clock, ms. */
const JUMP = 1_500;

/** Keeps `serverClock.ts` fed: the server's clock as well as it is known here. */
export interface ClockSync {
	now(): number;
	/** To the server and back, ms: the middle one of the newest three; null before the first. */
	roundTrip(): number | null;
	/** A server time that came with a message. */
	heard(serverNow: number): void;
	measure(): void;
	stop(): void;
}

export function createClockSync(deps: { link: ServerLink; clock: Clock; serverNow: number }): ClockSync {
	const { link, clock } = deps;
	let known = startClock(deps.serverNow, clock.now());
	let measuring = false;
	let lastTick = clock.now();
	const tick = 1_000;

	let trips: number[] = [];

	async function ask(times: number): Promise<void> {
		for (let i = 0; i < times; i += 1) {
			const askedAt = clock.now();
			const serverNow = await link.clock();
			known = askedTime(known, serverNow, askedAt, clock.now());
			// A local clock that was set back in between says nothing.
			trips = [...trips, Math.max(0, clock.now() - askedAt)].slice(-3);
		}
	}

	function measure(times = ROUND_TRIPS): void {
		if (measuring) return;
		measuring = true;
		const done = () => (measuring = false);
		// Without a connection there is no answer; its return asks again.
		ask(times).then(done, done);
	}

	const stops: Stop[] = [
		clock.every(INTERVAL, () => measure()),
		clock.every(TRIP_EVERY, () => measure(1)),
		clock.every(tick, () => {
			const now = clock.now();
			if (Math.abs(now - lastTick - tick) > JUMP) measure();
			lastTick = now;
		})
	];

	return {
		now: () => clock.now() + offsetOf(known),
		roundTrip: () => trips.toSorted((a, b) => a - b)[Math.floor(trips.length / 2)] ?? null,
		heard(serverNow) {
			const suspicious = looksWrong(known, serverNow, clock.now());
			known = heardTime(known, serverNow, clock.now());
			if (suspicious) measure();
		},
		measure: () => measure(),
		stop: () => stops.forEach((stop) => stop())
	};
}
