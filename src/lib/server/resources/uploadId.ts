import { createHash } from 'node:crypto';

/** What a file on its way is known by: its content, or, where the page cannot tell that, an id made for it. */
export type Announced = { sha256: string } | { clientId: string };

export interface UploadOf {
	sessionId: string;
	userId: string;
	/** As it will be shown. */
	name: string;
	announced: Announced;
	/** How often the same was handed over and removed before. */
	round: number;
}

const BY_CONTENT = 'c';
const BY_CLIENT_ID = 'i';

/**
 * The same file of the same person in the same session is the same upload: a repeated beginning finds what has arrived
 * already, also from another device. The id cannot be guessed without knowing the file.
 */
export function uploadIdOf({ sessionId, userId, name, announced, round }: UploadOf): string {
	const byContent = 'sha256' in announced;
	const said = byContent ? announced.sha256 : announced.clientId;
	const digest = createHash('sha256').update(JSON.stringify([sessionId, userId, name, said, round]));
	return `${byContent ? BY_CONTENT : BY_CLIENT_ID}${digest.digest('base64url').slice(0, 30)}`;
}

/** Whether what arrived is what was announced. True where nothing was said of the content. */
export function isAsAnnounced(
	id: string,
	upload: Omit<UploadOf, 'announced' | 'round'>,
	sha256: string,
	rounds: number
): boolean {
	if (!id.startsWith(BY_CONTENT)) return true;
	for (let round = 0; round < rounds; round += 1)
		if (uploadIdOf({ ...upload, announced: { sha256 }, round }) === id) return true;
	return false;
}
