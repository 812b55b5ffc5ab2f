import type { Timers } from './timers.ts';

/** For tests: time moves only when told. */
export interface FakeTimers extends Timers {
	now: () => number;
	/** Runs what falls due on the way, in order, and lets what it started come to rest. Milliseconds. */
	advance(ms: number): Promise<void>;
	/** Timers that are set. */
	pending(): number;
}

export function createFakeTimers(start: number): FakeTimers {
	let time = start;
	const set = new Set<{ at: number; run: () => void; every: number | null }>();

	function add(ms: number, run: () => void, every: number | null): () => void {
		const timer = { at: time + ms, run, every };
		set.add(timer);
		return () => void set.delete(timer);
	}

	return {
		now: () => time,
		after: (ms, run) => add(ms, run, null),
		every: (ms, run) => add(ms, run, ms),
		pending: () => set.size,
		async advance(ms) {
			const until = time + ms;
			await atRest();
			for (;;) {
				const next = [...set].sort((a, b) => a.at - b.at)[0];
				if (!next || next.at > until) break;
				time = next.at;
				if (next.every === null) set.delete(next);
				else next.at += next.every;
				next.run();
				await atRest();
			}
			time = until;
		}
	};
}

/** The database answers at once: a few turns of the event loop are enough for everything to settle. */
async function atRest(): Promise<void> {
	for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
}
