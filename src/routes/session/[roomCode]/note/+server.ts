import { json } from '@sveltejs/kit';
import { refusalAnswer, signedOutAnswer } from '../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** What the mentor wrote down for this session after an earlier one: `EarlierNote` or null. */
export const GET: RequestHandler = async ({ locals, params }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		return json(await locals.app.notes.before(params.roomCode, locals.user));
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};
