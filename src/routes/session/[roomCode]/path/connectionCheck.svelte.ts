import { openCheckProbes } from '$lib/room/adapters/checkProbes.ts';
import { checkVerdict, UNCHECKED, type CheckVerdict } from '$lib/room/check/checkState.ts';
import { runCheck } from '$lib/room/check/runCheck.ts';

/** A check of this page's connection that can be repeated. */
export interface ConnectionCheck {
	readonly results: typeof UNCHECKED;
	readonly verdict: CheckVerdict;
	/** Begins anew, also while one is under way. */
	start(): void;
	stop(): void;
}

/** `csrf`: what the page was given, for a socket of its own. */
export function createConnectionCheck(csrf: string): ConnectionCheck {
	let results = $state.raw(UNCHECKED);
	let stop = () => {};
	const verdict = $derived(checkVerdict(results));

	return {
		get results() {
			return results;
		},
		get verdict() {
			return verdict;
		},
		start() {
			stop();
			const probes = openCheckProbes(csrf);
			const stopChecking = runCheck(probes, (next) => {
				results = next;
				// A socket that nobody needs any more would be kept open and alive.
				const over = checkVerdict(next);
				if (over !== 'running' && over !== 'unchecked') probes.close();
			});
			stop = () => {
				stopChecking();
				probes.close();
			};
		},
		stop: () => stop()
	};
}
