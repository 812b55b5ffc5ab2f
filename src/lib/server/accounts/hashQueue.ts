import { Refusal } from '../../shared/refusals.ts';

/** Does dear work a few at a time, the others in the order in which they came. */
export interface HashQueue {
	/** @throws Refusal `too-many` when too many wait already; whatever the work throws */
	run<Result>(work: () => Promise<Result>): Promise<Result>;
	/** How many wait for their turn. */
	waiting(): number;
}

/** `parallel`: how many run at once; `most`: how many may wait for that. */
export function createHashQueue({ parallel, most }: { parallel: number; most: number }): HashQueue {
	let running = 0;
	const line: (() => void)[] = [];

	return {
		async run(work) {
			if (running < parallel) running += 1;
			else {
				if (line.length >= most) throw new Refusal('too-many');
				// Whoever ends hands its place on, so that nobody who comes just then gets in between.
				await new Promise<void>((go) => line.push(go));
			}
			try {
				return await work();
			} finally {
				const next = line.shift();
				if (next) next();
				else running -= 1;
			}
		},
		waiting: () => line.length
	};
}
