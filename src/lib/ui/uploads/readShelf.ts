import type { ResourceShelf } from '../../shared/resource.ts';
import { waitToTryAgain } from './patience.ts';

/** What the server has of a room's files; asked until it answers. Null when it says no, or `signal` stops it. */
export async function readShelf(roomCode: string, signal: AbortSignal): Promise<ResourceShelf | null> {
	for (let attempt = 1; !signal.aborted; attempt += 1) {
		try {
			const answer = await fetch(`/session/${encodeURIComponent(roomCode)}/resources`);
			if (answer.ok) return (await answer.json()) as ResourceShelf;
			if (answer.status < 500 && answer.status !== 429) return null;
		} catch {
			// Nobody there: once more.
		}
		await waitToTryAgain(attempt, signal);
	}
	return null;
}
