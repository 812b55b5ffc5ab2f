import { expect, test } from 'vitest';
import { safetyPhrase } from './safetyPhrase.ts';
import { SAFETY_WORDS } from './safetyWords.ts';

const [A, B, C] = ['SHA-256 AA:01', 'SHA-256 BB:02', 'SHA-256 CC:03'] as const;

test('[C1] both sides of a call get the same five words, whoever is asked first, and others get others', async () => {
	const phrase = await safetyPhrase([A, B]);
	expect(phrase?.split(' ')).toHaveLength(5);
	expect(await safetyPhrase([B, A])).toBe(phrase);
	expect(await safetyPhrase([A, C])).not.toBe(phrase);
	// Kept as it is: pages of different versions have to agree.
	expect(phrase).toBe(PHRASE);
});

test('there is no phrase before both certificates are known', async () => {
	for (const prints of [[], [A], [A, null], [null, null]]) expect(await safetyPhrase(prints)).toBeNull();
});

test('the words are 256 plain ones that cannot be taken for each other', () => {
	expect(SAFETY_WORDS).toHaveLength(256);
	expect(new Set(SAFETY_WORDS.map((word) => word.slice(0, 4))).size).toBe(256);
	for (const word of SAFETY_WORDS) expect(word).toMatch(/^[a-z]{3,9}$/);
});

const PHRASE = 'sandal lobster potato rocket peach';
