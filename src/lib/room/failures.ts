import { REFUSALS, type RefusalReason } from '../shared/refusals.ts';
import type { Clock, LinkFailure } from './ports.ts';
import { requestRetry } from './retryPolicy.ts';

/** Reads what a port rejected with; anything unforeseen counts as our side's fault. */
export function linkFailure(error: unknown): LinkFailure {
	if (typeof error === 'object' && error !== null && 'kind' in error) {
		const { kind } = error;
		if (kind === 'lost' || kind === 'refused') return error as LinkFailure;
	}
	return { kind: 'refused', reason: 'internal', message: REFUSALS.internal };
}

const PASSING: readonly RefusalReason[] = ['too-many', 'internal', 'signed-out', 'bad-csrf'];

/** The server may say yes a moment later, or once the person has signed in again. */
export function isPassing(failure: LinkFailure): boolean {
	return failure.kind === 'lost' || PASSING.includes(failure.reason);
}

/**
 * Makes a way to ask that repeats a request which was cut off until the server has answered, and tells a refusal in
 * words. Only for requests that may run twice: a lost one did perhaps run. Never rejects.
 */
export function repeatedly(deps: {
	clock: Clock;
	goOn: () => boolean;
	onRefused: (message: string) => void;
}): (request: () => Promise<void>) => Promise<void> {
	const { clock, goOn, onRefused } = deps;
	return async (request) => {
		for (let attempt = 0; ; attempt += 1) {
			try {
				return await request();
			} catch (error) {
				const failure = linkFailure(error);
				if (failure.kind === 'refused') return onRefused(failure.message);
				if (!goOn()) return;
				await new Promise<void>((resume) => clock.after(requestRetry(attempt), resume));
			}
		}
	};
}

/** What the refusal of a subscription means for the page. `ask`: something happened that the log may not tell. */
export function meaningOf(reason: RefusalReason): 'signIn' | 'seatTaken' | 'ask' | 'forGood' {
	switch (reason) {
		case 'signed-out':
		case 'bad-csrf':
			return 'signIn';
		case 'seat-taken':
			return 'seatTaken';
		case 'session-over':
		case 'session-cancelled':
		case 'not-live':
			return 'ask';
		default:
			return 'forGood';
	}
}
