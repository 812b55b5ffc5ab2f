import type { PairFeedback } from '$lib/shared/feedback.ts';
import type { Rating } from '$lib/shared/formSchemas.ts';
import { refusalText } from '$lib/ui/refusalText.ts';
import { postAction } from './postAction.ts';

/**
 * Saves what was said about others in a session and answers with what may be read of it now.
 * @throws Error with a sentence for people
 */
export async function saveFeedback(roomCode: string, ratings: Rating[]): Promise<PairFeedback[]> {
	const action = `/session/${encodeURIComponent(roomCode)}?/feedback`;
	const data = await postAction(action, { ratings: JSON.stringify(ratings) });
	return (data as { pairs: PairFeedback[] }).pairs;
}

/**
 * Takes a stored file away again.
 * @throws Error with a sentence for people
 */
export async function removeResource(roomCode: string, id: string): Promise<void> {
	const path = `/session/${encodeURIComponent(roomCode)}/resources/${encodeURIComponent(id)}`;
	const response = await fetch(path, { method: 'DELETE', headers: { accept: 'application/json' } }).catch(
		() => {
			throw new Error('The connection broke off. Please try again.');
		}
	);
	if (!response.ok) throw new Error(refusalText(response.status, await response.text().catch(() => '')));
}
