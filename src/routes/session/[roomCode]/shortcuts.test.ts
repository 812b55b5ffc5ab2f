import { expect, test } from 'vitest';
import { hintOf, keysOf } from './shortcutNames.ts';
import { shortcutOf, type KeyPlace } from './shortcuts.ts';

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, more: Partial<typeof NONE & { code: string }> = {}) => ({
	...{ key, code: '', ...NONE },
	...more
});
const at = (place: KeyPlace, keys: string[]) => keys.map((key) => shortcutOf(press(key), place, true));
const KEYS = [' ', 'm', 'v', 'h', 'c', 'b', 'f', '?'];
const ALL = ['talk', 'microphone', 'camera', 'hand', 'chat', 'board', 'screen', 'help'];

test('[C6] single keys where nothing else wants them', () => {
	expect(at('open', KEYS)).toEqual(ALL);
	expect(at('open', ['M', 'x', 'Enter', 'Tab'])).toEqual(['microphone', null, null, null]);
});

test('[C6] Space presses a button, letters draw, and whoever writes writes', () => {
	expect(at('control', KEYS)).toEqual([null, ...ALL.slice(1)]);
	expect(at('drawing', KEYS)).toEqual([null, null, null, null, null, null, null, 'help']);
	expect(at('taken', KEYS).filter(Boolean)).toEqual([]);
});

test('[C6] Ctrl or ⌘ with D and E, also in the drawing and with single keys off; other modifiers are others’', () => {
	for (const modifier of ['ctrlKey', 'metaKey'] as const) {
		for (const place of ['open', 'control', 'drawing'] as const) {
			expect(shortcutOf(press('d', { [modifier]: true }), place, false)).toBe('microphone');
			expect(shortcutOf(press('e', { [modifier]: true }), place, false)).toBe('camera');
		}
		expect(shortcutOf(press('d', { [modifier]: true }), 'taken', true)).toBeNull();
		expect(shortcutOf(press('d', { [modifier]: true, shiftKey: true }), 'open', true)).toBeNull();
		expect(shortcutOf(press('m', { [modifier]: true }), 'open', true)).toBeNull();
		expect(shortcutOf(press(' ', { [modifier]: true }), 'open', true)).toBeNull();
	}
	expect(shortcutOf(press('m', { altKey: true }), 'open', true)).toBeNull();
	expect(shortcutOf(press('M', { shiftKey: true }), 'open', true)).toBeNull();
	expect(shortcutOf(press('?', { shiftKey: true }), 'open', true)).toBe('help');
});

test('[C6] single keys can be switched off, all of them', () => {
	expect(KEYS.map((key) => shortcutOf(press(key), 'open', false)).filter(Boolean)).toEqual([]);
	expect(keysOf('microphone', true)).toBe('M Control+D');
	expect(keysOf('microphone', false)).toBe('Control+D');
	expect(keysOf('hand', false)).toBeUndefined();
	expect(hintOf('camera', false)).toBe('Ctrl+E');
});

test('[C6] keyboards of other scripts have the same places', () => {
	expect(shortcutOf(press('ь', { code: 'KeyM' }), 'open', true)).toBe('microphone');
	expect(shortcutOf(press('؟', { code: 'Slash', shiftKey: true }), 'open', true)).toBe('help');
	expect(shortcutOf(press('в', { code: 'KeyD', ctrlKey: true }), 'open', true)).toBe('microphone');
	// A Latin keyboard of another order says itself what the key is.
	expect(shortcutOf(press('m', { code: 'Semicolon' }), 'open', true)).toBe('microphone');
	expect(shortcutOf(press(',', { code: 'KeyM' }), 'open', true)).toBeNull();
});
