import { json } from '@sveltejs/kit';
import { refusalAnswer, signedOutAnswer } from '../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** What an uploader needs to know: the list, what is still on its way, how large files may be. */
export const GET: RequestHandler = async ({ locals, params }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		const shelf = await locals.app.resources.shelf(params.roomCode, locals.user);
		return json(shelf, { headers: { 'cache-control': 'no-store' } });
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};
