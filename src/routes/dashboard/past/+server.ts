import { json } from '@sveltejs/kit';
import { withShownNames } from '$lib/shared/shownNames.ts';
import { signedOutAnswer } from '../../session/[roomCode]/refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** The page of one's past sessions that begins at `?before=…`. */
export const GET: RequestHandler = async ({ locals, url }) => {
	if (!locals.user) return signedOutAnswer();
	const page = await locals.app.dashboards.past(locals.user, url.searchParams.get('before'));
	return json(withShownNames(page), { headers: { 'cache-control': 'private, no-store' } });
};
