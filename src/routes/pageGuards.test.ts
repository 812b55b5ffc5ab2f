import { isHttpError, isRedirect } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { requireMember, requireMentor, requireUser } from './pageGuards.ts';

function thrownBy(act: () => unknown): unknown {
	try {
		act();
	} catch (reason) {
		return reason;
	}
	return null;
}

test('[E2] signed out: to the login page, and back to the same page after it', () => {
	const at = (address: string) => thrownBy(() => requireUser({ user: null }, new URL(address)));
	const room = at('http://site.test/session/abc?x=1');
	expect(isRedirect(room) && [room.status, room.location]).toEqual([
		303,
		'/login?next=%2Fsession%2Fabc%3Fx%3D1'
	]);
	const action = at('http://site.test/session/abc/recap?/feedback');
	expect(isRedirect(action) && action.location).toBe('/login?next=%2Fsession%2Fabc%2Frecap');
});

test('[E1] only mentors get a page for mentors', () => {
	const mentor = { role: 'mentor' };
	expect(requireMentor({ user: mentor }, new URL('http://site.test/'))).toBe(mentor);
	const refused = thrownBy(() => requireMentor({ user: { role: 'learner' } }, new URL('http://site.test/')));
	expect(isHttpError(refused, 403)).toBe(true);
});

test('[E2] strangers and unknown rooms get the same words', () => {
	const stranger = thrownBy(() => requireMember('stranger'));
	const unknown = thrownBy(() => requireMember('unknown'));
	expect(isHttpError(stranger, 403) && isHttpError(unknown, 404)).toBe(true);
	expect(isHttpError(stranger) && stranger.body).toEqual(isHttpError(unknown) && unknown.body);
	expect(thrownBy(() => requireMember('member'))).toBeNull();
	expect(
		isHttpError(
			thrownBy(() => requireMember('guessing')),
			429
		)
	).toBe(true);
});
