import { expect, test } from 'vitest';
import type { Member } from '../lib/shared/roomState.ts';
import { withWhom } from './sessionWords.ts';

const maya: Member = { userId: 'm', name: 'Maya Okafor', role: 'mentor' };
const liam: Member = { userId: 'l', name: 'Liam Chen', role: 'learner' };
const aisha: Member = { userId: 'a', name: 'Aisha Rahman', role: 'learner' };

test('[L1] a session says who it is with, the mentor first and never oneself', () => {
	expect(withWhom([liam, aisha, maya], 'm')).toBe('Liam Chen and Aisha Rahman');
	expect(withWhom([aisha, liam, maya], 'l')).toBe('Maya Okafor and Aisha Rahman');
	expect(withWhom([maya, liam], 'l')).toBe('Maya Okafor');
	expect(withWhom([maya], 'm')).toBe('');
});

test('[S6] names from right to left stand in a list in the order of the list', () => {
	const people = ['ليلى', 'عمر', 'Liam'].map((name): Member => ({ userId: name, name, role: 'learner' }));
	expect(withWhom(people, 'm')).toBe('\u2068ليلى\u2069, \u2068عمر\u2069 and Liam');
});
