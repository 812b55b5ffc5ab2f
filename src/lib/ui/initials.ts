/** How many colours people are told apart by; `Avatar.svelte` has one rule for each. */
export const AVATAR_COLOURS = 12;

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
