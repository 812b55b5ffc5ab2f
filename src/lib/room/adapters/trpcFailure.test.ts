import { expect, test } from 'vitest';
import { REFUSALS } from '../../shared/refusals.ts';
import { toLinkFailure } from './trpcFailure.ts';

const answer = (message: string, data: unknown) => Object.assign(new Error(message), { data });

test('without an answer of the server a request is lost', () => {
	expect(toLinkFailure(new Error('WebSocket closed'))).toEqual({ kind: 'lost' });
	expect(toLinkFailure(answer('x', undefined))).toEqual({ kind: 'lost' });
});

test('a refusal keeps its reason and its sentence', () => {
	expect(toLinkFailure(answer('Slowly, please', { reason: 'too-many' }))).toEqual({
		kind: 'refused',
		reason: 'too-many',
		message: 'Slowly, please'
	});
	expect(toLinkFailure(answer('', { reason: '__proto__' }))).toEqual({
		kind: 'refused',
		reason: 'internal',
		message: REFUSALS.internal
	});
});
