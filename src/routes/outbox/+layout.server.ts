import { mailState } from './mailState.ts';
import { requireOutbox } from './outboxGuard.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, depends }) => {
	depends('peerlearn:outbox');
	requireOutbox(locals);
	const { mails } = locals.app;
	const latest = await mails.latest();
	return {
		serverNow: Date.now(),
		leave: mails.leave,
		mails: latest.map((mail) => ({
			id: mail.id,
			to: mail.toName ?? mail.toAddress,
			subject: mail.subject,
			at: mail.createdAt.getTime(),
			hasCalendar: mail.calendar !== null,
			state: mailState(mail, mails.leave)
		}))
	};
};
