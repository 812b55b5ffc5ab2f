import { expect, test } from 'vitest';
import { shortcutOf } from './shortcuts.ts';
import { SHORTCUT_GROUPS, spokenWays, waysThatWork } from './shortcutWords.ts';

const [call] = SHORTCUT_GROUPS;

test('[C6] what the list says of the call is what the keys do', () => {
	const listed = call!.rows.filter(({ single }) => single);
	const does = listed.map(({ ways }) => {
		const key = ways[0]![0]!;
		return shortcutOf(
			{
				...{ key: key === 'Space' ? ' ' : key.toLowerCase(), code: '' },
				...{ ctrlKey: false, metaKey: false, altKey: false, shiftKey: key === '?' }
			},
			'open',
			true
		);
	});
	expect(does).toEqual(['microphone', 'talk', 'camera', 'hand', 'chat', 'board', 'screen', 'help']);
});

test('[C6] with single keys off only what is left is listed', () => {
	const left = call!.rows.map((row) => waysThatWork(row, false).length);
	expect(left).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 4, 1]);
	expect(waysThatWork(call!.rows[0]!, true)).toHaveLength(2);
});

test('[Y1] keys are read out by name', () => {
	expect(spokenWays([['M'], ['Mod', 'D']], false)).toBe('M, or Control + D');
	expect(spokenWays([['Mod', 'Shift', 'Z']], true)).toBe('Command + Shift + Z');
	expect(spokenWays([['←'], ['→']], false)).toBe('Left arrow, or Right arrow');
});
