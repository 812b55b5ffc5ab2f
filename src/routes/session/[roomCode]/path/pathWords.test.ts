import { expect, test } from 'vitest';
import { pathWords, stillSeen } from './pathWords.ts';

const maya = { name: 'Maya Okafor', state: 'here', path: 'ready' } as const;

test('[L4] the way to somebody in words', () => {
	expect(pathWords(maya)).toEqual({ tone: 'good', text: 'Connection to Maya is ready' });
	expect(pathWords({ ...maya, path: 'trying' })?.text).toBe('Finding the way to Maya…');
	expect(pathWords({ ...maya, path: 'failing' })?.tone).toBe('warn');
	expect(pathWords({ ...maya, path: 'none' })).toBeNull();
	expect(pathWords({ ...maya, state: 'away' })).toBeNull();
});

test('[T4] whoever cannot be seen may still see, and hear what is not muted', () => {
	const mine = (camera: boolean, microphone: boolean, screen = false) => ({ camera, microphone, screen });
	const lost = { trouble: 'retrying', frozen: false } as const;
	expect(stillSeen(lost, mine(true, true))).toBe('They may still see and hear you.');
	expect(stillSeen(lost, mine(true, false))).toBe('They may still see you.');
	expect(stillSeen(lost, mine(false, false, true))).toBe('They may still see you.');
	expect(stillSeen(lost, mine(false, true))).toBe('They may still hear you.');
	expect(stillSeen(lost, mine(false, false))).toBeNull();
	expect(stillSeen({ trouble: null, frozen: true }, mine(true, false))).toBe('They may still see you.');
	expect(stillSeen({ trouble: null, frozen: false }, mine(true, true))).toBeNull();
});
