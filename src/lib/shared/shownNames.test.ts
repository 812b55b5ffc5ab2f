import { expect, test } from 'vitest';
import { renamed, shownName, withShownNames } from './shownNames.ts';

const standIns = { 'Deleted account': 'حساب محذوف' };

test('[S6] who deleted their account is called so in the reader’s language, wherever data names people', () => {
	const data = {
		at: new Date(0),
		members: [
			{ userId: 'a', name: 'Deleted account' },
			{ userId: 'b', name: 'Maya' }
		],
		people: ['Deleted account', 'Liam'],
		payload: { raterName: 'Deleted account', stars: 3 },
		chat: [{ authorName: 'Deleted account', text: 'Deleted account' }],
		title: 'Deleted account',
		nobody: null
	};
	expect(renamed(data, standIns)).toEqual({
		...data,
		members: [{ userId: 'a', name: 'حساب محذوف' }, data.members[1]],
		people: ['حساب محذوف', 'Liam'],
		payload: { raterName: 'حساب محذوف', stars: 3 },
		// What people wrote stays what they wrote.
		chat: [{ authorName: 'حساب محذوف', text: 'Deleted account' }]
	});
});

test('a name is itself, whatever objects are made of', () => {
	for (const name of ['Maya', 'constructor', '__proto__', '']) expect(shownName(name, standIns)).toBe(name);
	const data = { name: 'Deleted account' };
	expect(withShownNames(data)).toBe(data);
});
