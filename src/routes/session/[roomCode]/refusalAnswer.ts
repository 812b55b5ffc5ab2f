import { json } from '@sveltejs/kit';
import { Refusal, REFUSALS, refusalWords } from '../../../lib/shared/refusals.ts';
import { refusalStatus } from '../../../lib/shared/refusalStatus.ts';

/** The answer of an endpoint to a thrown `Refusal`: its status and `{ reason, message }`. Anything else is thrown on. */
export function refusalAnswer(thrown: unknown): Response {
	if (!(thrown instanceof Refusal)) throw thrown;
	const { reason } = thrown;
	const message = refusalWords(reason, thrown.message);
	return json({ reason, message }, { status: refusalStatus(reason) });
}

/** The answer to somebody who is not signed in. */
export function signedOutAnswer(): Response {
	return json({ reason: 'signed-out', message: REFUSALS['signed-out'] }, { status: 401 });
}
