import { isRefusalReason, REFUSALS } from '../../shared/refusals.ts';
import type { PictureFiles } from '../board/pictureSender.ts';
import type { LinkFailure } from '../ports.ts';

/**
 * The pictures of a session's board, kept by our own server. Browser only.
 * @param userId of whoever puts them there: in another tab somebody else may have signed in since
 */
export function boardFiles(roomCode: string, userId?: string): PictureFiles {
	const placeOf = (fileId: string) =>
		`/session/${encodeURIComponent(roomCode)}/board/files/${encodeURIComponent(fileId)}`;
	return {
		async put(fileId, bytes, { up }) {
			const by = userId === undefined ? '' : `?by=${encodeURIComponent(userId)}`;
			await ask(placeOf(fileId) + by, { method: 'PUT', body: bytes, signal: up });
		},
		get: async (fileId) => (await ask(placeOf(fileId))).blob()
	};
}

async function ask(place: string, request?: RequestInit): Promise<Response> {
	const lost: LinkFailure = { kind: 'lost' };
	const response = await fetch(place, request).catch(() => {
		throw lost;
	});
	if (response.ok) return response;
	throw await failureOf(response);
}

async function failureOf(response: Response): Promise<LinkFailure> {
	const answer: unknown = await response.json().catch(() => null);
	if (typeof answer === 'object' && answer !== null && 'reason' in answer && isRefusalReason(answer.reason)) {
		const { reason } = answer;
		const message = 'message' in answer ? String(answer.message) : REFUSALS[reason];
		return { kind: 'refused', reason, message };
	}
	// Somebody between us and the server, which is being started again, or does not let so much through.
	if (response.status === 413)
		return { kind: 'refused', reason: 'too-large', message: REFUSALS['too-large'] };
	return { kind: 'lost' };
}
