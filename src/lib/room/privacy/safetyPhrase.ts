import { SAFETY_WORDS } from './safetyWords.ts';

const WORDS = 5;
/**
 * Whoever stood between two people would have to find certificates that give both sides the same five words, in the
 * moment in which the call is set up. Each try costs them this much, and a page a tenth of a second, once.
 */
const ITERATIONS = 150_000;
const SALT = 'PeerLearn safety phrase 1';

/**
 * Five words for the two certificates of a call, the same on both sides and other ones for everybody else. Null where a
 * certificate is not known yet, or the page may not hash (without HTTPS).
 */
export async function safetyPhrase(fingerprints: readonly (string | null)[]): Promise<string | null> {
	const { subtle }: { subtle?: SubtleCrypto } = crypto;
	const known = fingerprints.filter((print) => print !== null);
	if (!subtle || known.length !== 2) return null;
	const text = new TextEncoder();
	const key = await subtle.importKey('raw', text.encode(known.sort().join('\n')), 'PBKDF2', false, [
		'deriveBits'
	]);
	const how = { name: 'PBKDF2', hash: 'SHA-256', salt: text.encode(SALT), iterations: ITERATIONS };
	const bytes = new Uint8Array(await subtle.deriveBits(how, key, WORDS * 8));
	return Array.from(bytes, (byte) => SAFETY_WORDS[byte]).join(' ');
}
