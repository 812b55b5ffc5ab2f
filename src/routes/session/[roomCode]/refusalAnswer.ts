import { json } from '@sveltejs/kit';
import { Refusal, REFUSALS, type RefusalReason } from '../../../lib/shared/refusals.ts';

const STATUS: Partial<Record<RefusalReason, number>> = {
	'signed-out': 401,
	'not-found': 404,
	'not-mentor': 403,
	'too-large': 413,
	'too-many': 429,
	'bad-input': 400
};

/** The answer of an endpoint to a thrown `Refusal`: its status and `{ reason, message }`. Anything else is thrown on. */
export function refusalAnswer(thrown: unknown): Response {
	if (!(thrown instanceof Refusal)) throw thrown;
	const { reason, message } = thrown;
	return json({ reason, message }, { status: STATUS[reason] ?? 409 });
}

/** The answer to somebody who is not signed in. */
export function signedOutAnswer(): Response {
	return json({ reason: 'signed-out', message: REFUSALS['signed-out'] }, { status: 401 });
}
