import type { MailDesk } from '../mail/mailsService.ts';
import type { Reminders } from '../mail/reminders.ts';
import type { JobHandlers } from './jobsService.ts';

/** What leaves by mail (spec A3). */
export type MailJobKind = 'send-mail' | 'session-soon';

export function createMailJobs(deps: {
	mails: Pick<MailDesk, 'send'>;
	reminders: Reminders;
}): Pick<JobHandlers, MailJobKind> {
	return {
		'send-mail': ({ mailId }) => deps.mails.send(mailId),
		'session-soon': (payload) => deps.reminders.remind(payload)
	};
}
