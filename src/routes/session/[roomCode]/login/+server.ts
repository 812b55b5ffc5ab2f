import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/**
 * Who is signed in here now, and the token for their socket: what an open page asks after its login has ended.
 * `{ userId: null }` for nobody and for those who are no members, which is no error on a page that waits for them.
 */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { user, csrf, app } = locals;
	const isMember = user !== null && (await app.sessions.access(params.roomCode, user)) === 'member';
	const body = isMember ? { userId: user.id, csrf } : { userId: null };
	return json(body, { headers: { 'cache-control': 'no-store' } });
};
