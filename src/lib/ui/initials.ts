/** The colours people are told apart by: all of one lightness, at least 5:1 under white letters in both schemes. */
const PALETTE = [
	...['#0f6b5c', '#9a4a2c', '#3f5aa6', '#8a3f6b', '#5f6320', '#6a4a9e'],
	...['#1d6785', '#8a5300', '#a4364f', '#4d5870', '#2f7040', '#81559a']
];
export const AVATAR_COLOURS = PALETTE.length;

/** Up to two letters of a name: the first of its first and of its last word. Works for every script. */
export function initials(name: string): string {
	const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
	const first = words[0];
	const last = words.length > 1 ? words[words.length - 1] : undefined;
	return [first, last]
		.map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '')
		.join('')
		.toLocaleUpperCase('en');
}

/** The colour that belongs to a person: the same everywhere and always (FNV-1a of the key, usually the user id). */
export function avatarColour(key: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < key.length; i += 1) {
		hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
	}
	return (hash >>> 0) % AVATAR_COLOURS;
}

/** The same as a CSS colour. */
export function personColour(key: string): string {
	return PALETTE[avatarColour(key)]!;
}
