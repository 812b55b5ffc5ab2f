import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { AccountProof } from '../accounts/accountProofs.ts';
import type { MailKind } from '../mail/mailKinds.ts';
import type { Dialect } from './dialect.ts';

interface Keyed {
	id: AnySQLiteColumn;
}

/** Proofs of an address, and mails. */
export function createAccountTables(d: Dialect, { users }: { users: Keyed }) {
	/** Links sent by mail, each good for one use. The link holds the token; only its SHA-256 is stored. */
	const accountProofs = d.table(
		'account_proofs',
		{
			tokenHash: d.text('token_hash').primaryKey(),
			userId: d
				.text('user_id')
				.notNull()
				.references(() => users.id),
			kind: d.text('kind').$type<AccountProof>().notNull(),
			/** The address it was sent to, lower case. */
			email: d.text('email').notNull(),
			createdAt: d.instant('created_at').notNull(),
			expiresAt: d.instant('expires_at').notNull(),
			usedAt: d.instant('used_at')
		},
		(t) => [d.index('account_proofs_user').on(t.userId), d.index('account_proofs_expires').on(t.expiresAt)]
	);

	/** Every mail, from the transaction that makes it necessary; sent by a job. */
	const mails = d.table(
		'mails',
		{
			id: d.text('id').primaryKey(),
			/** A second mail with the same key is the same mail. */
			uniqueKey: d.text('unique_key').notNull(),
			kind: d.text('kind').$type<MailKind>().notNull(),
			/** Null where the address belongs to nobody yet. */
			userId: d.text('user_id').references(() => users.id),
			toAddress: d.text('to_address').notNull(),
			toName: d.text('to_name'),
			/** RFC 5322, 3.6.4; the same at each attempt, so that a mail sent twice is seen as one. */
			messageId: d.text('message_id').notNull(),
			subject: d.text('subject').notNull(),
			/** Emptied once it is sent where a mail holds a secret link. */
			text: d.text('text').notNull(),
			html: d.text('html').notNull(),
			/** An iCalendar object and its method; null for mails without one. */
			calendar: d.text('calendar'),
			calendarMethod: d.text('calendar_method').$type<'REQUEST' | 'CANCEL'>(),
			createdAt: d.instant('created_at').notNull(),
			/** Pointless from then on: a reminder after the lesson began. */
			dropAt: d.instant('drop_at'),
			sentAt: d.instant('sent_at'),
			droppedAt: d.instant('dropped_at')
		},
		(t) => [
			d.uniqueIndex('mails_unique_key').on(t.uniqueKey),
			d.index('mails_created').on(t.createdAt),
			d.index('mails_user').on(t.userId)
		]
	);

	return { accountProofs, mails };
}
