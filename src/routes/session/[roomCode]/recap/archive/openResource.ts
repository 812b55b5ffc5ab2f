import { FileGone } from './fileGone.ts';

/** The bytes of a stored file. Rejects with `FileGone` when it was removed, else when it cannot be had. */
export async function openResource(
	roomCode: string,
	id: string,
	signal: AbortSignal
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
	const path = `/session/${encodeURIComponent(roomCode)}/resources/${encodeURIComponent(id)}`;
	const response = await fetch(path, { signal });
	if (response.status === 404) throw new FileGone();
	if (!response.ok || !response.body) throw new Error(`Answered with ${response.status}`);
	return response.body;
}
