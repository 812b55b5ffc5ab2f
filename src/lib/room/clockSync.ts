import { askedTime, heardTime, looksWrong, offsetOf, startClock } from './serverClock.ts';
import type { Clock, ServerLink, Stop } from './ports.ts';

/** Questions asked in a row; the fastest answer decides. */
const ROUND_TRIPS = 3;
/** Between two measurements, ms. */
const INTERVAL = 60_000;
/** A tick that comes this much early or late means sleep or a changed local clock, ms. */
const JUMP = 1_500;

/** Keeps `serverClock.ts` fed: the server's clock as well as it is known here. */
export interface ClockSync {
	now(): number;
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

	async function ask(): Promise<void> {
		for (let i = 0; i < ROUND_TRIPS; i += 1) {
			const askedAt = clock.now();
			const serverNow = await link.clock();
			known = askedTime(known, serverNow, askedAt, clock.now());
		}
	}

	function measure(): void {
		if (measuring) return;
		measuring = true;
		const done = () => (measuring = false);
		// Without a connection there is no answer; its return asks again.
		ask().then(done, done);
	}

	const stops: Stop[] = [
		clock.every(INTERVAL, measure),
		clock.every(tick, () => {
			const now = clock.now();
			if (Math.abs(now - lastTick - tick) > JUMP) measure();
			lastTick = now;
		})
	];

	return {
		now: () => clock.now() + offsetOf(known),
		heard(serverNow) {
			const suspicious = looksWrong(known, serverNow, clock.now());
			known = heardTime(known, serverNow, clock.now());
			if (suspicious) measure();
		},
		measure,
		stop: () => stops.forEach((stop) => stop())
	};
}
