import type { StoredElement } from '../../shared/board.ts';
import { REFUSALS } from '../../shared/refusals.ts';

/** What is on one page of a session's whiteboard. Browser only. Rejects when it cannot be had. */
export async function readBoardPage(roomCode: string, pageId: string): Promise<StoredElement[]> {
	const place = `/session/${encodeURIComponent(roomCode)}/board`;
	const response = await fetch(`${place}?page=${encodeURIComponent(pageId)}`);
	if (!response.ok) throw new Error(REFUSALS[response.status === 401 ? 'signed-out' : 'internal']);
	return (await response.json()) as StoredElement[];
}
