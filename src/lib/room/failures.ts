import { REFUSALS } from '../shared/refusals.ts';
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

/** The server may say yes a moment later. */
export function isPassing(failure: LinkFailure): boolean {
	return failure.kind === 'lost' || failure.reason === 'too-many' || failure.reason === 'internal';
}

/**
 * Repeats a request that was cut off until the server has answered. Only for requests that may run twice:
 * a lost one did perhaps run. Rejects with the server's refusal.
 */
export async function untilAnswered<T>(
	request: () => Promise<T>,
	clock: Clock,
	goOn: () => boolean
): Promise<T> {
	for (let attempt = 0; ; attempt += 1) {
		try {
			return await request();
		} catch (error) {
			if (linkFailure(error).kind !== 'lost' || !goOn()) throw error;
			await new Promise<void>((resume) => clock.after(requestRetry(attempt), resume));
		}
	}
}
