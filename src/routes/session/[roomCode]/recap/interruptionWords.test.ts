import { expect, test } from 'vitest';
import { interruptionWords } from './interruptionWords.ts';

const members = [
	{ userId: 'm', name: 'Maya Okafor', role: 'mentor' as const },
	{ userId: 'l', name: 'Liam Chen', role: 'learner' as const }
];

test('[F6] an interruption is told with who was missing and how', () => {
	const words = (cause: 'not-come' | 'left' | 'lost' | 'removed' | 'server-away', ...userIds: string[]) =>
		interruptionWords({ cause, userIds }, members);
	expect(words('not-come', 'l')).toBe('Liam Chen had not come yet');
	expect(words('left', 'm')).toBe('Maya Okafor had left');
	expect(words('left', 'l', 'm')).toBe('Maya Okafor and Liam Chen had left');
	expect(words('lost', 'l')).toBe('Liam Chen’s connection was lost');
	expect(words('lost', 'm', 'l')).toBe('The connections of Maya Okafor and Liam Chen were lost');
	expect(words('removed', 'l')).toBe('Liam Chen had been removed from the session');
	expect(words('server-away', 'm', 'l')).toBe('The server was away');
});
