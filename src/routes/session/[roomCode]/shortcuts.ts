/** What a key does in the room, whatever has the focus (spec C6). */
export type Shortcut = 'talk' | 'microphone' | 'camera' | 'hand' | 'chat' | 'board' | 'help';

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
	...{ ' ': 'talk', m: 'microphone', v: 'camera', h: 'hand', c: 'chat', b: 'board', '?': 'help' }
};
const WITH_CONTROL: Record<string, Shortcut> = { d: 'microphone', e: 'camera' };

/** For the buttons: https://www.w3.org/TR/wai-aria-1.2/#aria-keyshortcuts */
const NAMED: Partial<Record<Shortcut, { single: string; always?: string }>> = {
	microphone: { single: 'M', always: 'Control+D' },
	camera: { single: 'V', always: 'Control+E' },
	hand: { single: 'H' },
	chat: { single: 'C' },
	board: { single: 'B' },
	help: { single: '?' }
};

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

/** The value of `aria-keyshortcuts` for the control that does the same. */
export function keysOf(shortcut: Shortcut, singleKeys: boolean): string | undefined {
	const named = NAMED[shortcut];
	if (!named) return undefined;
	return [singleKeys ? named.single : null, named.always].filter(Boolean).join(' ') || undefined;
}

/** What a tooltip says of it: the shortest key. */
export function hintOf(shortcut: Shortcut, singleKeys: boolean): string | undefined {
	const named = NAMED[shortcut];
	return singleKeys ? named?.single : named?.always?.replace('Control', 'Ctrl');
}
