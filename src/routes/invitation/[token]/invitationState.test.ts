import { expect, test } from 'vitest';
import { invitationState } from './invitationState.ts';

test('[A2] an invitation is answered by whom it was sent to, and by nobody else', () => {
	expect(invitationState({ state: 'open', isMine: true }, true)).toBe('asked');
	expect(invitationState({ state: 'accepted', isMine: true }, true)).toBe('coming');
	expect(invitationState({ state: 'declined', isMine: true }, true)).toBe('declined');
	expect(invitationState({ state: 'open', isMine: false }, true)).toBe('otherAccount');
	expect(invitationState({ state: 'accepted', isMine: false }, true)).toBe('otherAccount');
	expect(invitationState({ state: 'open', isMine: false }, false)).toBe('askedSignedOut');
	expect(invitationState({ state: 'declined', isMine: false }, false)).toBe('answeredSignedOut');
});

test('[A2] what no longer takes place says so to everybody', () => {
	for (const state of ['withdrawn', 'cancelled', 'over'] as const)
		for (const isMine of [true, false])
			for (const signedIn of [true, false]) expect(invitationState({ state, isMine }, signedIn)).toBe(state);
});
