/** What a key does in the room, whatever has the focus (spec C6). */
export type Shortcut = 'talk' | 'microphone' | 'camera' | 'hand' | 'chat' | 'board' | 'screen' | 'help';

/** For the buttons: https://www.w3.org/TR/wai-aria-1.2/#aria-keyshortcuts */
const NAMED: Partial<Record<Shortcut, { single: string; always?: string }>> = {
	microphone: { single: 'M', always: 'Control+D' },
	camera: { single: 'V', always: 'Control+E' },
	hand: { single: 'H' },
	chat: { single: 'C' },
	board: { single: 'B' },
	screen: { single: 'F' },
	help: { single: '?' }
};

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
