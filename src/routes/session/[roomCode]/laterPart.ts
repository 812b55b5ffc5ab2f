import type { Clock } from '../../../lib/room/ports.ts';
import { requestRetry } from '../../../lib/room/retryPolicy.ts';

/** What is there of a part of the page. */
export type PartState<T> =
	| { name: 'away' }
	| { name: 'fetching' }
	/** It could not be fetched and is tried again by itself. */
	| { name: 'waiting' }
	| { name: 'here'; part: T };

/** A part of the room page that is not needed at first, and later perhaps while the server is away. */
export interface LaterPart {
	/** Fetches it, and tries again until it is here. While it is under way or here this does nothing. */
	want(): void;
	/** The server can be reached (again): a try that waits is made now. */
	hurry(): void;
	/** Tries no more. */
	stop(): void;
}

/**
 * @param load fetches the part; called again after it rejected
 * @param onState told of each state after `away`
 */
export function createLaterPart<T>(deps: {
	load: () => Promise<T>;
	clock: Pick<Clock, 'after'>;
	onState: (state: PartState<T>) => void;
}): LaterPart {
	const { load, clock, onState } = deps;
	let state: PartState<T>['name'] = 'away';
	let attempt = 0;
	let unwait = () => {};
	let stopped = false;

	function become(next: PartState<T>): void {
		state = next.name;
		onState(next);
	}

	function fetchIt(): void {
		unwait();
		// A try after a failure is still the same waiting to whoever looks at it.
		if (state === 'away') become({ name: 'fetching' });
		else state = 'fetching';
		load().then(
			(part) => !stopped && become({ name: 'here', part }),
			() => {
				if (stopped) return;
				become({ name: 'waiting' });
				unwait = clock.after(requestRetry(attempt), fetchIt);
				attempt += 1;
			}
		);
	}

	return {
		want() {
			if (state === 'away' && !stopped) fetchIt();
		},
		hurry() {
			if (state !== 'waiting') return;
			attempt = 0;
			fetchIt();
		},
		stop() {
			stopped = true;
			unwait();
		}
	};
}
