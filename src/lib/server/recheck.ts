import { realTimers, type Timers } from './presence/timers.ts';

/** Between two looks, ms: with the time they take it stays well under the second in which a lost right ends (spec S2). */
const RECHECK_EVERY = 400;

/**
 * Holds what stays open against the database, again and again: logins run out by themselves, and rows may be changed by another
 * process. A look that fails leaves everything as it is and is told once until one succeeds. Answers the way to stop.
 */
export function startRecheck(
	looks: (() => Promise<void>)[],
	onError: (error: unknown) => void,
	timers: Pick<Timers, 'after'> = realTimers
): () => Promise<void> {
	let stopped = false;
	let isWell = true;
	let underWay = Promise.resolve();
	let cancel = timers.after(RECHECK_EVERY, look);

	function look(): void {
		underWay = Promise.all(looks.map((each) => each()))
			.then(
				() => {
					isWell = true;
				},
				(error: unknown) => {
					if (isWell) onError(error);
					isWell = false;
				}
			)
			.then(() => {
				if (!stopped) cancel = timers.after(RECHECK_EVERY, look);
			});
	}

	return () => {
		stopped = true;
		cancel();
		return underWay;
	};
}
