import { feedLesson } from '$lib/server/calendar/calendarFeeds.ts';
import { lessonFeed } from '$lib/server/calendar/lessonCalendar.ts';
import { requireMember, requireUser } from '../../../pageGuards.ts';
import type { RequestHandler } from './$types';

/** One session as a calendar file, with the UID that its mails use: whoever has it already gets it once. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const user = requireUser(locals, url);
	const { sessions, config } = locals.app;
	requireMember(await sessions.access(params.roomCode, user));
	// Also for whom the mentor has removed from the room: it is what they were asked to.
	const { session } = await sessions.place(params.roomCode, user);
	const place = { origin: config.ORIGIN ?? url.origin, senderAddress: '' };
	return new Response(lessonFeed([feedLesson(session)], session.title, place), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'attachment; filename="lesson.ics"',
			'cache-control': 'private, no-store'
		}
	});
};
