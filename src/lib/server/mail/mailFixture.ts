import type { SendMailOptions } from 'nodemailer';
import { createJobs, type Jobs } from '../jobs/jobsService.ts';
import { createMailJobs } from '../jobs/mailJobs.ts';
import type { Log } from '../log.ts';
import { createNotifications, type Notifications } from '../notifications/notificationsService.ts';
import type { Lesson } from '../sessions/lessonFixture.ts';
import { STARTS_AT } from '../sessions/lessonFixture.ts';
import type { MailLesson, MailRecipient, NewMail } from './mailKinds.ts';
import { createMails, type MailDesk } from './mailsService.ts';
import type { MailPost } from './mailPost.ts';
import { createReminders, type Reminders } from './reminders.ts';

/** For tests: where people open it, and whom mails come from. */
export const ORIGIN = 'https://learn.example.org';
export const FROM = 'PeerLearn <no-reply@learn.example.org>';

export const MAIL_LESSON: MailLesson = {
	...{ sessionId: 'lesson-1', roomCode: 'room-1', title: 'Fractions', description: '' },
	...{ startsAt: STARTS_AT, endsAt: STARTS_AT + 3_600_000, priceMinor: 4_500, currency: 'EUR', sequence: 0 },
	mentor: { name: 'Maya', email: 'maya@x.test' }
};
export const TO_LIAM: MailRecipient = {
	...{ userId: 'liam', address: 'liam@x.test', name: 'Liam', language: null, timeZone: 'Europe/Berlin' }
};

export function invitation(
	change: Partial<NewMail> & { lesson?: Partial<MailLesson>; others?: MailLesson[] } = {}
): NewMail {
	const { lesson, others = [], ...rest } = change;
	return {
		...{ kind: 'invitation', uniqueKey: 'invitation:1', to: TO_LIAM, dropAt: null },
		payload: { lesson: { ...MAIL_LESSON, ...lesson }, others, token: 'secret-token' },
		...rest
	} as NewMail;
}

/** Mails of a lesson's people, with the jobs that send them. `post` null: none leave. */
export interface MailRoom {
	mails: MailDesk;
	reminders: Reminders;
	notifications: Notifications;
	jobs: Jobs;
	/** What was handed to the post. */
	sent: SendMailOptions[];
	/** What was logged. */
	logged: string[];
	enqueue(...mails: NewMail[]): Promise<void>;
}

export function openMailRoom(lesson: Lesson, post: MailPost | null | 'memory' = 'memory'): MailRoom {
	const { store, bus, time } = lesson;
	const sent: SendMailOptions[] = [];
	const logged: string[] = [];
	const memory: MailPost = {
		send: async (message) => void sent.push(message),
		close: () => undefined
	};
	const write = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
	const log: Log = { info: write, warn: write, error: write, debug: write };
	const mails = createMails({
		...{ store, log, now: time.now, origin: () => ORIGIN },
		config: { ORIGIN, PORT: 3000, mail: { url: 'smtp://localhost', from: FROM } },
		post: post === 'memory' ? memory : post
	});
	const notifications = createNotifications({ store, bus, now: time.now });
	const reminders = createReminders({ store, notifications, mails, currency: 'EUR', now: time.now });
	const nothing = async () => {};
	const jobs = createJobs({
		store,
		now: time.now,
		handlers: {
			...{ analytics: nothing, 'notify-end': nothing, 'notify-missed': nothing, 'rating-reminder': nothing },
			...{ 'tell-material': nothing, 'reveal-ratings': nothing, 'notify-revealed': nothing },
			'remove-file': nothing,
			...createMailJobs({ mails, reminders })
		},
		onError: (error) => void logged.push(String(error))
	});
	return {
		...{ mails, reminders, notifications, jobs, sent, logged },
		enqueue: (...given) => store.transact((tx) => mails.enqueue(tx, given))
	};
}
