import type { Clock } from '../ports.ts';

interface Timer {
	due: number;
	every: number | null;
	run: () => void;
}

/** A clock that tests move. */
export interface FakeClock extends Clock {
	/** Runs what falls due, in order, with everything that follows from it. */
	advance(ms: number): Promise<void>;
	/** The person sets the computer's clock: timers do not notice. */
	jump(ms: number): void;
}

/** Lets promises that are already settled take their course. */
export async function settled(): Promise<void> {
	for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

export function fakeClock(start = 1_000_000): FakeClock {
	let elapsed = 0;
	let shift = start;
	const timers = new Set<Timer>();

	function add(timer: Timer): () => void {
		timers.add(timer);
		return () => timers.delete(timer);
	}

	return {
		now: () => elapsed + shift,
		after: (ms, run) => add({ due: elapsed + ms, every: null, run }),
		every: (ms, run) => add({ due: elapsed + ms, every: ms, run }),
		jump(ms) {
			shift += ms;
		},
		async advance(ms) {
			const end = elapsed + ms;
			await settled();
			for (;;) {
				const next = [...timers].sort((a, b) => a.due - b.due)[0];
				if (!next || next.due > end) break;
				elapsed = Math.max(elapsed, next.due);
				if (next.every === null) timers.delete(next);
				else next.due += next.every;
				next.run();
				await settled();
			}
			elapsed = end;
		}
	};
}
