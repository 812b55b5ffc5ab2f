/** One way to do it: keys that are pressed together. `Mod` is Ctrl, or ⌘ on a Mac. */
type Keys = readonly string[];

export interface ShortcutRow {
	does: string;
	/** Any of them does it. */
	ways: readonly Keys[];
	/** The first way is a key pressed alone, which can be switched off. */
	single?: true;
}

export interface ShortcutGroup {
	title: string;
	/** Where these keys are heard. */
	where: string;
	rows: readonly ShortcutRow[];
}

export const SHORTCUT_GROUPS: readonly ShortcutGroup[] = [
	{
		title: 'The call',
		where: 'Everywhere in the room, except while you write, choose from a menu or draw.',
		rows: [
			{ does: 'Mute or unmute the microphone', ways: [['M'], ['Mod', 'D']], single: true },
			{ does: 'Talk while muted, as long as you hold it', ways: [['Space']], single: true },
			{ does: 'Turn the camera off or on', ways: [['V'], ['Mod', 'E']], single: true },
			{ does: 'Raise or lower your hand', ways: [['H']], single: true },
			{ does: 'Open or close the chat', ways: [['C']], single: true },
			{ does: 'Open or close the whiteboard', ways: [['B']], single: true },
			{ does: 'Full screen, and back', ways: [['F']], single: true },
			{ does: 'Show this list', ways: [['?']], single: true },
			{ does: 'Move within the call controls', ways: [['←'], ['→'], ['Home'], ['End']] },
			{ does: 'Close a menu, a dialog or the open chat', ways: [['Esc']] }
		]
	},
	{
		title: 'Chat',
		where: 'While you write a message.',
		rows: [
			{ does: 'Send', ways: [['Enter']] },
			{ does: 'Begin a new line', ways: [['Shift', 'Enter']] }
		]
	},
	{
		title: 'Whiteboard',
		where: 'While you are in the drawing. The keys of the call with Ctrl or ⌘ work there too.',
		rows: [
			{ does: 'Select and move', ways: [['V']], single: true },
			{ does: 'Move the paper', ways: [['H']], single: true },
			{ does: 'Pen', ways: [['P']], single: true },
			{ does: 'Line', ways: [['L']], single: true },
			{ does: 'Arrow', ways: [['A']], single: true },
			{ does: 'Rectangle', ways: [['R']], single: true },
			{ does: 'Ellipse', ways: [['O']], single: true },
			{ does: 'Diamond', ways: [['D']], single: true },
			{ does: 'Text', ways: [['T']], single: true },
			{ does: 'Eraser', ways: [['E']], single: true },
			{ does: 'Undo', ways: [['Mod', 'Z']] },
			{
				does: 'Redo',
				ways: [
					['Mod', 'Y'],
					['Mod', 'Shift', 'Z']
				]
			},
			{ does: 'Select everything', ways: [['Mod', 'A']] },
			{ does: 'Move what is selected', ways: [['←'], ['→'], ['↑'], ['↓']] },
			{ does: 'Move it further', ways: [['Shift', '→']] },
			{ does: 'Delete what is selected', ways: [['Delete']] }
		]
	},
	{
		title: 'List of objects',
		where: 'In the list beside the drawing.',
		rows: [
			{ does: 'Show it on the board', ways: [['Enter']] },
			{ does: 'Change it', ways: [['F2']] },
			{ does: 'Delete it', ways: [['Delete']] }
		]
	},
	{
		title: 'Pointing at a shared screen',
		where: 'After you took the pointer or the pen by keyboard.',
		rows: [
			{ does: 'Move', ways: [['←'], ['→'], ['↑'], ['↓']] },
			{ does: 'Move further', ways: [['Shift', '→']] },
			{ does: 'Put the pen down or lift it', ways: [['Space']] },
			{ does: 'Stop pointing', ways: [['Esc']] }
		]
	}
];

/** What stands on the key. */
export function keyCap(key: string, isMac: boolean): string {
	return key === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : key;
}

const SPOKEN: Record<string, string> = {
	...{ '←': 'Left arrow', '→': 'Right arrow', '↑': 'Up arrow', '↓': 'Down arrow' },
	...{ '⌘': 'Command', Ctrl: 'Control', Esc: 'Escape', '?': 'Question mark' }
};

/** The ways in words, for those who hear the list. */
export function spokenWays(ways: readonly Keys[], isMac: boolean): string {
	const said = (key: string) => SPOKEN[keyCap(key, isMac)] ?? keyCap(key, isMac);
	return ways.map((keys) => keys.map(said).join(' + ')).join(', or ');
}

/** The ways that work: without the single keys where those are switched off. */
export function waysThatWork(row: ShortcutRow, singleKeys: boolean): readonly Keys[] {
	return row.single && !singleKeys ? row.ways.slice(1) : row.ways;
}
