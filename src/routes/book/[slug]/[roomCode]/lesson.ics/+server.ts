import { error } from '@sveltejs/kit';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { requireUser } from '../../../../pageGuards.ts';
import type { RequestHandler } from './$types';

/** The booked lesson for a calendar; for who booked it alone. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const user = requireUser(locals, url);
	const origin = locals.app.config.ORIGIN ?? url.origin;
	const file = await locals.app.bookings.calendarFile(user, params.roomCode, origin);
	if (file === null) error(404, REFUSALS['not-found']);
	return new Response(file, {
		headers: {
			'Content-Type': 'text/calendar; charset=utf-8',
			'Content-Disposition': 'attachment; filename="lesson.ics"',
			'Cache-Control': 'private, no-store'
		}
	});
};
