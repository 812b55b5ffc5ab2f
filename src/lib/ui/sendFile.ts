import { REFUSALS, isRefusalReason } from '../shared/refusals.ts';
import type { Resource } from '../shared/resource.ts';

/** Why a file did not arrive, as a sentence for people, and whether trying once more may help. `cancelled`: they stopped it. */
export type SendFailure = { kind: 'cancelled' } | { kind: 'failed'; message: string; again: boolean };

const LOST = 'The connection broke off. Please try again.';

/**
 * Sends one file to a session. XMLHttpRequest because `fetch` cannot tell how much has left.
 * @param onSent bytes that have left so far
 * @returns the stored file; rejects with a `SendFailure`. `stop` breaks it off.
 */
export function sendFile(
	roomCode: string,
	file: File,
	onSent: (bytes: number) => void
): { stored: Promise<Resource>; stop: () => void } {
	const request = new XMLHttpRequest();
	const stored = new Promise<Resource>((resolve, reject) => {
		const fail = (message: string, again: boolean) =>
			reject({ kind: 'failed', message, again } satisfies SendFailure);
		request.upload.onprogress = (event) => onSent(Math.min(event.loaded, file.size));
		request.onerror = () => fail(LOST, true);
		request.onabort = () => reject({ kind: 'cancelled' } satisfies SendFailure);
		request.onload = () => {
			const { status, responseText } = request;
			if (status !== 201) return fail(refusalText(status, responseText), mayPass(status));
			try {
				resolve(JSON.parse(responseText) as Resource);
			} catch {
				fail(REFUSALS.internal, true);
			}
		};
		request.open('POST', `/session/${encodeURIComponent(roomCode)}/resources`);
		request.setRequestHeader('content-type', file.type || 'application/octet-stream');
		// Headers carry Latin letters only.
		request.setRequestHeader('x-file-name', encodeURIComponent(file.name.toWellFormed()));
		request.send(file);
	});
	return { stored, stop: () => request.abort() };
}

/** Signed out, too slow, too many at once or a server in trouble: all of these pass; a refused file stays refused. */
export function mayPass(status: number): boolean {
	return status === 401 || status === 408 || status === 429 || status >= 500;
}

/** The sentence in a refusal's body, else one that fits the status. */
export function refusalText(status: number, body: string): string {
	try {
		const answer: unknown = JSON.parse(body);
		if (answer && typeof answer === 'object') {
			if ('message' in answer && typeof answer.message === 'string' && answer.message !== '')
				return answer.message;
			if ('reason' in answer && isRefusalReason(answer.reason)) return REFUSALS[answer.reason];
		}
	} catch {
		// A proxy's page rather than our answer; the status still says something.
	}
	if (status === 401) return REFUSALS['signed-out'];
	if (status === 403 || status === 404) return REFUSALS['not-found'];
	if (status === 413) return REFUSALS['too-large'];
	if (status === 429) return REFUSALS['too-many'];
	return REFUSALS.internal;
}
