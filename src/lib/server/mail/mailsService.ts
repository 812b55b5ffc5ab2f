import type { Config } from '../config.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import { enqueueJobs } from '../jobs/jobsService.ts';
import type { Log } from '../log.ts';
import type { Mails, NewMail } from './mailKinds.ts';
import { isEmptiedOnceSent, sendMail, type MailPost } from './mailPost.ts';
import {
	deleteMails,
	insertMail,
	readMail,
	readMails,
	readOlderIds,
	readZone,
	settleMail
} from './mailsQueries.ts';
import { plainLine } from './plainLine.ts';
import { renderMail } from './renderMail.ts';
import { readSender } from './sender.ts';

const KEPT_FOR_MS = 90 * 24 * 3_600_000;
const SWEPT_AT_ONCE = 200;
/** Shown in the outbox at most. */
const OUTBOX_MAX = 200;

export interface MailDesk extends Mails {
	/** What the job `send-mail` does; repeating it sends nothing twice, a kill between sending and writing that down excepted. */
	send(mailId: string): Promise<void>;
	/** The newest first: what the outbox page shows. */
	latest(): Promise<Row<'mails'>[]>;
	byId(mailId: string): Promise<Row<'mails'> | null>;
	/** Forgets mails that are older than 90 days: they hold addresses, also of people who never came. */
	sweep(): Promise<void>;
}

/** Mails as rows with jobs that send them. `post` is null where none leave this server. */
export function createMails(deps: {
	store: Store;
	config: Pick<Config, 'ORIGIN' | 'PORT' | 'mail'>;
	post: MailPost | null;
	/** The address people open, without a slash at the end. */
	origin: () => string;
	now: () => number;
	log: Log;
}): MailDesk {
	const { store, config, post, origin, now, log } = deps;
	const { tables, db } = store;

	function* zonesOf(tx: Database, { to, payload }: NewMail): Steps<string[]> {
		if (to.timeZone !== null) return [to.timeZone];
		const mentors = 'lesson' in payload ? yield* readZone(tables, tx, payload.lesson.mentor.email) : null;
		return mentors === null || mentors === 'UTC' ? ['UTC'] : [mentors, 'UTC'];
	}

	return {
		leave: post !== null,

		*enqueue(tx, mails) {
			const createdAt = now();
			for (const mail of mails) {
				const { kind, uniqueKey, to, dropAt } = mail;
				const rendered = renderMail(mail, {
					origin: origin(),
					senderAddress: readSender(config.mail?.from ?? null, origin()).address,
					zones: yield* zonesOf(tx, mail),
					at: createdAt
				});
				const id = createId();
				const isNew = yield* insertMail(tables, tx, {
					...rendered,
					...{ id, uniqueKey, kind, userId: to.userId, toAddress: to.address },
					toName: to.name === null ? null : plainLine(to.name, 80),
					messageId: `<${createId()}@${new URL(origin()).hostname}>`,
					createdAt: new Date(createdAt),
					dropAt: dropAt === null ? null : new Date(dropAt)
				});
				if (!isNew) continue;
				const job = { uniqueKey: `send-mail:${id}`, payload: { mailId: id }, dueAt: createdAt };
				yield* enqueueJobs(store, tx, [{ kind: 'send-mail', ...job }]);
			}
		},

		async send(mailId) {
			const mail = await readMail(tables, db, mailId);
			if (!mail || mail.sentAt || mail.droppedAt) return;
			const settle = (outcome: Parameters<typeof settleMail>[3]) =>
				store.transact((tx) => settleMail(tables, tx, mailId, outcome, isEmptiedOnceSent(mail.kind)));
			if (mail.dropAt && mail.dropAt.getTime() <= now()) return settle({ droppedAt: new Date(now()) });
			if (!post) {
				log.info({ mail: mailId, kind: mail.kind }, 'a mail stays in the outbox: SMTP_URL is not set');
				return;
			}
			await sendMail(post, mail, readSender(config.mail?.from ?? null, origin()));
			await settle({ sentAt: new Date(now()) });
		},

		latest: () => readMails(tables, db, OUTBOX_MAX),
		byId: (mailId) => readMail(tables, db, mailId),

		async sweep() {
			const old = await readOlderIds(tables, db, new Date(now() - KEPT_FOR_MS), SWEPT_AT_ONCE);
			if (old.length > 0) await store.transact((tx) => deleteMails(tables, tx, old));
		}
	};
}
