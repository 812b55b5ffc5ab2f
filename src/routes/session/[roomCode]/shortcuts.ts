import type { Shortcut } from './shortcutNames.ts';

/**
 * Where a key is pressed.
 * - `open`: nothing there wants it.
 * - `control`: a button or link that was reached by keyboard, which Space presses.
 * - `drawing`: letters choose tools there, and Space moves the paper.
 * - `taken`: somebody writes, chooses from a menu or answers a dialog. All keys belong to that.
 */
export type KeyPlace = 'open' | 'control' | 'drawing' | 'taken';

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const SINGLE: Record<string, Shortcut> = {
	...{ ' ': 'talk', m: 'microphone', v: 'camera', h: 'hand' },
	...{ c: 'chat', b: 'board', f: 'screen', '?': 'help' }
};
const WITH_CONTROL: Record<string, Shortcut> = { d: 'microphone', e: 'camera' };

/** @param singleKeys whether keys without Ctrl or ⌘ are shortcuts on this device */
export function shortcutOf(press: Press, place: KeyPlace, singleKeys: boolean): Shortcut | null {
	if (place === 'taken' || press.altKey) return null;
	const sign = signOf(press);
	if (press.ctrlKey || press.metaKey) return press.shiftKey ? null : (WITH_CONTROL[sign] ?? null);
	// Most keyboards have the question mark above something else.
	if (!singleKeys || (press.shiftKey && sign !== '?')) return null;
	const shortcut = SINGLE[sign] ?? null;
	if (place === 'drawing') return shortcut === 'help' ? shortcut : null;
	return place === 'control' && shortcut === 'talk' ? null : shortcut;
}

/** The sign on the key; on keyboards of other scripts the Latin letter of its place. */
function signOf({ key, code, shiftKey }: Press): string {
	if (key === '?' || key === '؟') return '?';
	if (/^[a-z ]$/i.test(key)) return key.toLowerCase();
	const letter = /^Key([A-Z])$/.exec(code)?.[1];
	return letter && !shiftKey && /^\p{L}$/u.test(key) ? letter.toLowerCase() : key;
}
