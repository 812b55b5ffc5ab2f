import { isNextSession } from '../../shared/nextSession.ts';
import { isRefusalReason, refusalWords } from '../../shared/refusals.ts';
import type { LinkFailure } from '../ports.ts';

/** Turns what the tRPC client rejects with into words of the room. Without an answer of the server it is `lost`. */
export function toLinkFailure(error: unknown): LinkFailure {
	if (!hasData(error) || error.data === null || typeof error.data !== 'object') return { kind: 'lost' };
	const reason =
		'reason' in error.data && isRefusalReason(error.data.reason) ? error.data.reason : 'internal';
	const next =
		'next' in error.data && Array.isArray(error.data.next)
			? { next: error.data.next.filter(isNextSession) }
			: {};
	return { kind: 'refused', reason, message: refusalWords(reason, error.message), ...next };
}

function hasData(error: unknown): error is Error & { data: unknown } {
	return error instanceof Error && 'data' in error;
}
