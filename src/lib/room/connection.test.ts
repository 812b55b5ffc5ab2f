import { expect, test } from 'vitest';
import { foldConnection } from './connection.ts';

const closed = { name: 'closed', reason: 'signed-out' } as const;
const status = (name: 'connecting' | 'reconnecting' | 'live') => ({ name, attempt: 1, reason: null });

test('[S2] [T10] after a refusal only a socket that lives ends it: somebody has signed in again', () => {
	expect(foldConnection(closed, status('reconnecting'))).toBe(closed);
	expect(foldConnection(closed, status('connecting'))).toBe(closed);
	expect(foldConnection(closed, status('live'))).toEqual({ name: 'live' });
	expect(foldConnection({ name: 'live' }, { name: 'closed', attempt: 0, reason: 'bad-csrf' })).toEqual({
		name: 'closed',
		reason: 'bad-csrf'
	});
});
