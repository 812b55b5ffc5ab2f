import { createCalendarFeeds } from './calendar/calendarFeeds.ts';
import type { Config } from './config.ts';
import type { Store } from './db/store.ts';
import { createMailJobs } from './jobs/mailJobs.ts';
import type { Log } from './log.ts';
import { createMails } from './mail/mailsService.ts';
import { createReminders } from './mail/reminders.ts';
import { createSmtpPost } from './mail/smtpPost.ts';
import type { Notifications } from './notifications/notificationsService.ts';

/** Builds what leaves by mail and by calendar: mails, reminders, feeds. */
export function createMailing(deps: {
	config: Config;
	store: Store;
	notifications: Notifications;
	secret: string;
	log: Log;
	now: () => number;
}) {
	const { config, store, notifications, secret, log, now } = deps;
	let port = config.PORT;
	// Only development and the demo go without ORIGIN: they are opened on this machine.
	const origin = () => config.ORIGIN ?? `http://localhost:${port}`;
	const post = config.mail && createSmtpPost(config.mail.url, new URL(origin()).hostname);
	const mails = createMails({ store, config, post, origin, now, log });
	const reminders = createReminders({ store, notifications, mails, currency: config.CURRENCY, now });
	const calendarFeeds = createCalendarFeeds({ store, secret, origin, now });
	if (!post && !config.isDemo)
		log.warn(
			{},
			'SMTP_URL is not set: mails (invitations, reminders, new passwords) do not leave this server'
		);
	return {
		mails,
		calendarFeeds,
		mailJobs: createMailJobs({ mails, reminders }),
		/** The port that this server got, for addresses in mails. */
		setPort(given: number): void {
			port = given;
		},
		close: () => post?.close()
	};
}
