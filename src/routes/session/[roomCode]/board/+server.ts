import { Refusal } from '$lib/shared/refusals.ts';
import { refusalAnswer, signedOutAnswer } from '../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** What is on one page of the whiteboard (`?page=<id>`), for members only, for good. Read by the recap. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		const pageId = url.searchParams.get('page');
		if (!pageId) throw new Refusal('bad-input');
		const list = await locals.app.boardRecord.page(params.roomCode, locals.user, pageId);
		return new Response(list, {
			headers: { 'content-type': 'application/json', 'cache-control': 'private, no-cache' }
		});
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};
