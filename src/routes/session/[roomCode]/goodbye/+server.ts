import { Refusal } from '$lib/shared/refusals.ts';
import { refusalAnswer, signedOutAnswer } from '../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** Longer than any seat id; what is longer is none. */
const SEAT_ID_MAX_CHARACTERS = 64;

/**
 * The last word of a page that goes away (`navigator.sendBeacon`): body = seat id as text. As
 * `room.leaveSeat`, for when the socket is already gone.
 */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	if (!locals.user) return signedOutAnswer();
	const seatId = (await request.text()).trim();
	if (seatId === '' || seatId.length > SEAT_ID_MAX_CHARACTERS) return new Response(null, { status: 400 });
	if ((await locals.app.sessions.access(params.roomCode, locals.user)) !== 'member') {
		return refusalAnswer(new Refusal('not-found'));
	}
	try {
		await locals.app.presence.leaveSeat(params.roomCode, locals.user, seatId);
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
	return new Response(null, { status: 204 });
};
