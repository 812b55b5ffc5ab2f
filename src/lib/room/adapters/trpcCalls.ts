import { REFUSALS, type RefusalReason } from '../../shared/refusals.ts';
import type { Clock, LinkFailure, Stop } from '../ports.ts';
import { requestRetry } from '../retryPolicy.ts';
import { isSignIn } from './signIn.ts';
import { toLinkFailure } from './trpcFailure.ts';

/** What a tRPC subscription tells. */
export interface Following<T> {
	onData: (value: T) => void;
	onError: (error: unknown) => void;
	onComplete: () => void;
}

/** Calls and subscriptions over a socket that is lost and comes back. */
export interface TrpcCalls {
	/** Rejects with a `LinkFailure`. */
	ask<T>(call: () => Promise<T>): Promise<T>;
	/**
	 * Keeps a subscription open. tRPC itself resumes after a lost socket; what ends by an error on the server or
	 * because the server stopped it is opened again here, unless it was a refusal.
	 */
	follow<T>(
		subscribe: (following: Following<T>) => { unsubscribe(): void },
		onData: (value: T) => void,
		onRefused: (reason: RefusalReason) => void
	): Stop;
	/** Goes on with what was refused because nobody was signed in, or the mentor had removed this person. */
	reopen(): void;
}

export function trpcCalls(deps: {
	/** Of the socket there is now: why no call makes sense any more; null while it does. */
	closedBecause: () => RefusalReason | null;
	clock: Clock;
}): TrpcCalls {
	const { closedBecause, clock } = deps;
	/** What was refused and may go on later: the person signs in again, or is let in again. */
	const refused = new Set<() => void>();

	return {
		/** A closed client would connect again at the next call, so it gets none. */
		async ask(call) {
			const reason = closedBecause();
			if (reason) throw { kind: 'refused', reason, message: REFUSALS[reason] } satisfies LinkFailure;
			try {
				return await call();
			} catch (error) {
				throw toLinkFailure(error);
			}
		},

		follow(subscribe, onData, onRefused) {
			let stopped = false;
			let attempt = 0;
			let stop: Stop = () => undefined;

			function open(): void {
				if (stopped) return;
				if (closedBecause()) return void refused.add(open);
				const subscription = subscribe({
					onData(value) {
						attempt = 0;
						if (!stopped) onData(value);
					},
					onError(error) {
						if (stopped) return;
						const failure = toLinkFailure(error);
						if (failure.kind === 'refused' && isForNow(failure.reason)) {
							refused.add(open);
							onRefused(failure.reason);
						} else if (
							failure.kind === 'refused' &&
							failure.reason !== 'internal' &&
							failure.reason !== 'too-many'
						) {
							stopped = true;
							onRefused(failure.reason);
						} else again();
					},
					onComplete: again
				});
				stop = () => subscription.unsubscribe();
			}

			function again(): void {
				if (stopped) return;
				if (closedBecause()) return void refused.add(open);
				stop = clock.after(requestRetry(attempt), open);
				attempt += 1;
			}

			open();
			return () => {
				stopped = true;
				refused.delete(open);
				stop();
			};
		},

		reopen() {
			const waiting = [...refused];
			refused.clear();
			for (const open of waiting) open();
		}
	};
}

function isForNow(reason: RefusalReason): boolean {
	return isSignIn(reason) || reason === 'removed';
}
