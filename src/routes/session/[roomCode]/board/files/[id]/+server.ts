import { json } from '@sveltejs/kit';
import { Refusal } from '$lib/shared/refusals.ts';
import { refusalAnswer, signedOutAnswer } from '../../../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** A picture on the board, for members only. It never changes, so a browser asks for it once. */
export const GET: RequestHandler = async ({ locals, params }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		const { file, stream } = await locals.app.boardFiles.open(params.roomCode, locals.user, params.id);
		return new Response(stream, {
			headers: {
				'content-type': file.type,
				'content-length': String(file.size),
				'content-disposition': 'inline',
				'content-security-policy': "default-src 'none'; sandbox",
				'x-content-type-options': 'nosniff',
				'cache-control': 'private, max-age=31536000, immutable'
			}
		});
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};

/**
 * Takes one picture for the board as the raw body. What it is, is read from its content. `by`: who put it there; in
 * another tab of the same browser somebody else may have signed in since, under whose name it must not get here.
 */
export const PUT: RequestHandler = async ({ locals, params, request, url }) => {
	const by = url.searchParams.get('by');
	if (!locals.user || (by !== null && by !== locals.user.id)) return signedOutAnswer();
	try {
		if (!request.body) throw new Refusal('bad-input', 'This file is empty.');
		const { roomCode, id } = params;
		return json(await locals.app.boardFiles.add(roomCode, locals.user, id, request.body), { status: 201 });
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};
