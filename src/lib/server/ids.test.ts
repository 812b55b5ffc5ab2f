import { expect, test } from 'vitest';
import { createId, createRoomCode } from './ids.ts';

test('[E3] room codes have their shape and do not repeat', () => {
	const codes = new Set(Array.from({ length: 2_000 }, createRoomCode));
	expect(codes.size).toBe(2_000);
	for (const code of codes) expect(code).toMatch(/^[2-9b-hj-kmnp-tv-z]{6}(-[2-9b-hj-kmnp-tv-z]{6}){2}$/);
});

test('ids are URL-safe and do not repeat', () => {
	const ids = new Set(Array.from({ length: 2_000 }, createId));
	expect(ids.size).toBe(2_000);
	for (const id of ids) expect(id).toMatch(/^[\w-]{20}$/);
});
