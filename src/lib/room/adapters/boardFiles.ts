import { BOARD_FILE_MAX_BYTES } from '../../shared/boardLimits.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import type { FileStore } from './excalidraw/boardCanvas.ts';

/** The pictures of a session's board, kept by our own server. Browser only. */
export function boardFiles(roomCode: string): FileStore {
	const place = `/session/${encodeURIComponent(roomCode)}/board/files`;
	return {
		async save(file) {
			if (file.size > BOARD_FILE_MAX_BYTES) throw new Error(REFUSALS['too-large']);
			const response = await fetch(place, { method: 'POST', body: file });
			const answer: unknown = await response.json().catch(() => null);
			if (!response.ok || !hasFileId(answer)) throw new Error(sentenceOf(answer));
			return answer.fileId;
		},
		async read(fileId) {
			const response = await fetch(`${place}/${encodeURIComponent(fileId)}`);
			if (!response.ok) throw new Error(REFUSALS['not-found']);
			return response.blob();
		}
	};
}

function hasFileId(answer: unknown): answer is { fileId: string } {
	return typeof answer === 'object' && answer !== null && 'fileId' in answer;
}

function sentenceOf(answer: unknown): string {
	if (typeof answer === 'object' && answer !== null && 'message' in answer) return String(answer.message);
	return REFUSALS.internal;
}
