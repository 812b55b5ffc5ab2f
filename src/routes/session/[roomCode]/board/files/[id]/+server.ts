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
