import { randomBytes } from 'node:crypto';

/** A random id of 120 bits, URL-safe: 20 characters. */
export function createId(): string {
	return randomBytes(15).toString('base64url');
}

/** A room code nobody can guess: 18 letters of 28, 86 random bits (spec E3 asks for at least 64), in three readable groups. */
export function createRoomCode(): string {
	// No vowels (no words by accident) and no look-alikes.
	const alphabet = '23456789bcdfghjkmnpqrstvwxyz';
	let code = '';
	while (code.length < 18) {
		for (const byte of randomBytes(32)) {
			// Bytes that would make some letters likelier are dropped.
			if (byte >= 252 || code.length >= 18) continue;
			code += alphabet[byte % alphabet.length];
		}
	}
	return `${code.slice(0, 6)}-${code.slice(6, 12)}-${code.slice(12)}`;
}
