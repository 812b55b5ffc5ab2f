import { error } from '@sveltejs/kit';
import { requireOutbox } from '../../outboxGuard.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	requireOutbox(locals);
	const mail = await locals.app.mails.byId(params.mailId);
	if (!mail?.calendar) error(404, 'There is nothing at this address.');
	return new Response(mail.calendar, {
		headers: {
			'Content-Type': `text/calendar; charset=utf-8; method=${mail.calendarMethod}`,
			'Content-Disposition': 'attachment; filename="invite.ics"'
		}
	});
};
