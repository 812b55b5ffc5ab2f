import { createHash } from 'node:crypto';

/**
 * What stands in the address of somebody's picture: another one with each picture, so that browsers may keep it, and not
 * to be guessed. The name in the file store stays on the server.
 */
export function pictureVersion(pictureKey: string): string;
export function pictureVersion(pictureKey: string | null): string | null;
export function pictureVersion(pictureKey: string | null): string | null {
	return pictureKey && createHash('sha256').update(`picture:${pictureKey}`).digest('base64url').slice(0, 22);
}
