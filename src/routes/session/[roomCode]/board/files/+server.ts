import { json } from '@sveltejs/kit';
import { Refusal } from '$lib/shared/refusals.ts';
import { refusalAnswer, signedOutAnswer } from '../../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** Takes one picture for the board as the raw body. What it is, is read from its content. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		if (!request.body) throw new Refusal('bad-input', 'This file is empty.');
		const file = await locals.app.boardFiles.add(params.roomCode, locals.user, request.body);
		return json(file, { status: 201 });
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};
