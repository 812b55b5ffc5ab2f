import { error } from '@sveltejs/kit';
import { mailState } from '../mailState.ts';
import { requireOutbox } from '../outboxGuard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	requireOutbox(locals);
	const mail = await locals.app.mails.byId(params.mailId);
	if (!mail) error(404, 'There is nothing at this address.');
	const { toName, toAddress, subject, text, html, calendar, calendarMethod, createdAt } = mail;
	return {
		mail: {
			...{ toName, toAddress, subject, text, calendar, calendarMethod },
			/** What opened a door is taken away once it is sent. */
			isKept: html !== '',
			at: createdAt.getTime(),
			state: mailState(mail, locals.app.mails.leave)
		}
	};
};
