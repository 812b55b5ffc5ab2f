import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { NotificationKind } from '../../shared/notification.ts';
import type { Dialect } from './dialect.ts';

interface Keyed {
	id: AnySQLiteColumn;
}

/** The tables of what follows a lesson: ratings, files, notes, money, figures, notifications. */
export function createAfterwardsTables(d: Dialect, { users, sessions }: { users: Keyed; sessions: Keyed }) {
	const ratings = d.table(
		'ratings',
		{
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			raterId: d
				.text('rater_id')
				.notNull()
				.references(() => users.id),
			rateeId: d
				.text('ratee_id')
				.notNull()
				.references(() => users.id),
			stars: d.integer('stars').notNull(),
			comment: d.text('comment').notNull(),
			/** Whether the connection was to blame, where the rater said so; never part of the stars. */
			connectionToBlame: d.boolean('connection_to_blame'),
			createdAt: d.instant('created_at').notNull(),
			updatedAt: d.instant('updated_at').notNull(),
			/** Until then only the rater sees it and may change it. */
			revealedAt: d.instant('revealed_at')
		},
		(t) => [
			d.primaryKey({ name: 'ratings_pk', columns: [t.sessionId, t.raterId, t.rateeId] }),
			d.index('ratings_ratee_revealed').on(t.rateeId, t.revealedAt)
		]
	);

	/** Sums of a person's revealed ratings, kept in the transaction that reveals one. */
	const ratingTotals = d.table('rating_totals', {
		userId: d
			.text('user_id')
			.primaryKey()
			.references(() => users.id),
		ratings: d.integer('ratings').notNull(),
		stars: d.integer('stars').notNull()
	});

	/** What the mentor writes down for the next lesson; members read it. */
	const lessonNotes = d.table('lesson_notes', {
		sessionId: d
			.text('session_id')
			.primaryKey()
			.references(() => sessions.id),
		text: d.text('text').notNull(),
		updatedAt: d.instant('updated_at').notNull()
	});

	/** Files on their way: the room they will take counts from the start. The row goes when the file is there. */
	const uploads = d.table(
		'uploads',
		{
			id: d.text('id').primaryKey(),
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			userId: d
				.text('user_id')
				.notNull()
				.references(() => users.id),
			name: d.text('name').notNull(),
			type: d.text('type').notNull(),
			/** Bytes, as announced. */
			size: d.integer('size').notNull(),
			createdAt: d.instant('created_at').notNull(),
			/** Given up then; moves on while bytes arrive. */
			expiresAt: d.instant('expires_at').notNull()
		},
		(t) => [d.index('uploads_session').on(t.sessionId), d.index('uploads_expires').on(t.expiresAt)]
	);

	/** Files handed over. A row exists only once its bytes are on disk. */
	const resources = d.table(
		'resources',
		{
			id: d.text('id').primaryKey(),
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			uploadedBy: d
				.text('uploaded_by')
				.notNull()
				.references(() => users.id),
			name: d.text('name').notNull(),
			type: d.text('type').notNull(),
			/** Bytes. */
			size: d.integer('size').notNull(),
			/** Hex SHA-256 of the content. */
			sha256: d.text('sha256').notNull(),
			/** Random name in the file store. */
			storageKey: d.text('storage_key').notNull(),
			uploadedAt: d.instant('uploaded_at').notNull(),
			removedAt: d.instant('removed_at')
		},
		(t) => [d.index('resources_session').on(t.sessionId)]
	);

	/** Earnings, one entry a session. Append-only: triggers of the database refuse every change (migration 0005). */
	const ledger = d.table(
		'ledger',
		{
			id: d.text('id').primaryKey(),
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			mentorId: d
				.text('mentor_id')
				.notNull()
				.references(() => users.id),
			/** The price, or 0 when no learner was there. */
			amountMinor: d.integer('amount_minor').notNull(),
			/** The platform's part of it. */
			feeMinor: d.integer('fee_minor').notNull().default(0),
			/** ISO 4217. */
			currency: d.text('currency').notNull(),
			bookedAt: d.instant('booked_at').notNull()
		},
		(t) => [
			d.uniqueIndex('ledger_session').on(t.sessionId),
			d.index('ledger_mentor_booked').on(t.mentorId, t.bookedAt)
		]
	);

	/** What one lesson adds to its mentor's figures: one row a session, so that it is added once. */
	const lessonFigures = d.table(
		'lesson_figures',
		{
			sessionId: d
				.text('session_id')
				.primaryKey()
				.references(() => sessions.id),
			mentorId: d
				.text('mentor_id')
				.notNull()
				.references(() => users.id),
			endedAt: d.instant('ended_at').notNull(),
			/** From start to end, and the part of it in which mentor or learners were cut off. */
			lessonSeconds: d.integer('lesson_seconds').notNull(),
			interruptedSeconds: d.integer('interrupted_seconds').notNull(),
			/** Learners who were there while it was live. */
			learners: d.integer('learners').notNull()
		},
		(t) => [d.index('lesson_figures_mentor_ended').on(t.mentorId, t.endedAt)]
	);

	/** Sums over a mentor's lessons, so that a dashboard costs the same with ten lessons and with ten thousand. */
	const mentorTotals = d.table(
		'mentor_totals',
		{
			mentorId: d
				.text('mentor_id')
				.notNull()
				.references(() => users.id),
			/** ISO 4217. */
			currency: d.text('currency').notNull(),
			sessions: d.integer('sessions').notNull(),
			lessonSeconds: d.integer('lesson_seconds').notNull(),
			interruptedSeconds: d.integer('interrupted_seconds').notNull(),
			amountMinor: d.integer('amount_minor').notNull(),
			feeMinor: d.integer('fee_minor').notNull()
		},
		(t) => [d.primaryKey({ name: 'mentor_totals_pk', columns: [t.mentorId, t.currency] })]
	);

	/** How often a learner was taught by a mentor: who came back. */
	const mentorLearners = d.table(
		'mentor_learners',
		{
			mentorId: d
				.text('mentor_id')
				.notNull()
				.references(() => users.id),
			learnerId: d
				.text('learner_id')
				.notNull()
				.references(() => users.id),
			sessions: d.integer('sessions').notNull(),
			lastAt: d.instant('last_at').notNull()
		},
		(t) => [d.primaryKey({ name: 'mentor_learners_pk', columns: [t.mentorId, t.learnerId] })]
	);

	/** Gives out the places of one person's notifications. */
	const inboxes = d.table('inboxes', {
		userId: d
			.text('user_id')
			.primaryKey()
			.references(() => users.id),
		lastSeq: d.integer('last_seq').notNull()
	});

	const notifications = d.table(
		'notifications',
		{
			id: d.text('id').primaryKey(),
			userId: d
				.text('user_id')
				.notNull()
				.references(() => users.id),
			/** Place among this person's notifications; grows, with gaps. */
			seq: d.integer('seq').notNull(),
			kind: d.text('kind').$type<NotificationKind>().notNull(),
			/** A second notification with the same key is the same notification. */
			uniqueKey: d.text('unique_key').notNull(),
			payload: d.json('payload').$type<Record<string, unknown>>().notNull(),
			createdAt: d.instant('created_at').notNull(),
			readAt: d.instant('read_at')
		},
		(t) => [
			d.uniqueIndex('notifications_unique_key').on(t.uniqueKey),
			d.uniqueIndex('notifications_user_seq').on(t.userId, t.seq),
			d.index('notifications_user_read').on(t.userId, t.readAt)
		]
	);

	/** Kinds of notifications a person does not want to be told of; no row means wanted. */
	const mutedNotifications = d.table(
		'muted_notifications',
		{
			userId: d
				.text('user_id')
				.notNull()
				.references(() => users.id),
			kind: d.text('kind').$type<NotificationKind>().notNull()
		},
		(t) => [d.primaryKey({ name: 'muted_notifications_pk', columns: [t.userId, t.kind] })]
	);

	return {
		ratings,
		ratingTotals,
		lessonNotes,
		resources,
		uploads,
		ledger,
		lessonFigures,
		mentorTotals,
		mentorLearners,
		inboxes,
		notifications,
		mutedNotifications
	};
}
