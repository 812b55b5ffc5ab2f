import { deserialize } from '$app/forms';
import type { PairFeedback } from '$lib/shared/feedback.ts';
import type { Rating } from '$lib/shared/formSchemas.ts';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { refusalText } from '$lib/ui/refusalText.ts';

/**
 * Saves what was said about others in a session and answers with what may be read of it now.
 * @throws Error with a sentence for people
 */
export async function saveFeedback(roomCode: string, ratings: Rating[]): Promise<PairFeedback[]> {
	const body = new FormData();
	body.set('ratings', JSON.stringify(ratings));
	const response = await reach(`/session/${encodeURIComponent(roomCode)}?/feedback`, {
		method: 'POST',
		body
	});
	const result = deserialize(await response.text());
	if (result.type === 'success') return (result.data as { pairs: PairFeedback[] }).pairs;
	if (result.type === 'redirect') throw new Error(REFUSALS['signed-out']);
	const message: unknown = result.type === 'failure' ? result.data?.message : result.error?.message;
	throw new Error(typeof message === 'string' ? message : REFUSALS.internal);
}

/**
 * Takes a stored file away again.
 * @throws Error with a sentence for people
 */
export async function removeResource(roomCode: string, id: string): Promise<void> {
	const path = `/session/${encodeURIComponent(roomCode)}/resources/${encodeURIComponent(id)}`;
	const response = await reach(path, { method: 'DELETE' });
	if (!response.ok) throw new Error(refusalText(response.status, await response.text()));
}

async function reach(path: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(path, {
			...init,
			headers: { 'x-sveltekit-action': 'true', accept: 'application/json' }
		});
	} catch {
		throw new Error('The connection broke off. Please try again.');
	}
}
