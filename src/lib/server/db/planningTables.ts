import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Dialect } from './dialect.ts';

interface Keyed {
	id: AnySQLiteColumn;
}

/** How a lesson comes about: who was asked to come, and when a mentor can be booked. */
export function createPlanningTables(d: Dialect, { users, sessions }: { users: Keyed; sessions: Keyed }) {
	/** Everybody a lesson's mentor asked to come, with or without an account. The link holds a token; its SHA-256 is stored. */
	const invitations = d.table(
		'invitations',
		{
			id: d.text('id').primaryKey(),
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			/** Lower case. */
			email: d.text('email').notNull(),
			/** Null until somebody with this address has an account. */
			userId: d.text('user_id').references(() => users.id),
			tokenHash: d.text('token_hash').notNull(),
			createdAt: d.instant('created_at').notNull(),
			acceptedAt: d.instant('accepted_at'),
			declinedAt: d.instant('declined_at'),
			/** Taken back by the mentor. */
			withdrawnAt: d.instant('withdrawn_at')
		},
		(t) => [
			d.uniqueIndex('invitations_session_email').on(t.sessionId, t.email),
			d.uniqueIndex('invitations_token').on(t.tokenHash),
			d.index('invitations_email').on(t.email),
			d.index('invitations_user').on(t.userId)
		]
	);

	/** Hours of each week in which a mentor can be booked, on the wall clock of the mentor's own zone. */
	const availabilityHours = d.table(
		'availability_hours',
		{
			id: d.text('id').primaryKey(),
			mentorId: d
				.text('mentor_id')
				.notNull()
				.references(() => users.id),
			/** 1 Monday … 7 Sunday (ISO 8601). */
			weekday: d.integer('weekday').notNull(),
			/** Minutes after midnight; `toMinute` at most 1440. */
			fromMinute: d.integer('from_minute').notNull(),
			toMinute: d.integer('to_minute').notNull()
		},
		(t) => [d.index('availability_hours_mentor').on(t.mentorId, t.weekday)]
	);

	/** Days that are not like their weekday: other hours (several rows), or none (one row with both minutes 0). */
	const availabilityDays = d.table(
		'availability_days',
		{
			id: d.text('id').primaryKey(),
			mentorId: d
				.text('mentor_id')
				.notNull()
				.references(() => users.id),
			/** `2026-07-14`, in the mentor's zone. */
			date: d.text('date').notNull(),
			fromMinute: d.integer('from_minute').notNull(),
			toMinute: d.integer('to_minute').notNull()
		},
		(t) => [d.index('availability_days_mentor').on(t.mentorId, t.date)]
	);

	/** A mentor's public page on which learners pick a free time. */
	const bookingPages = d.table(
		'booking_pages',
		{
			mentorId: d
				.text('mentor_id')
				.primaryKey()
				.references(() => users.id),
			/** The last part of its address. */
			slug: d.text('slug').notNull(),
			open: d.boolean('open').notNull(),
			/** What a booked lesson is called. */
			title: d.text('title').notNull(),
			introduction: d.text('introduction').notNull(),
			lessonMinutes: d.integer('lesson_minutes').notNull(),
			priceMinor: d.integer('price_minor').notNull(),
			/** Kept free before and after each lesson. */
			pauseMinutes: d.integer('pause_minutes').notNull(),
			/** How long before its start a time can still be picked, and how far ahead. */
			noticeHours: d.integer('notice_hours').notNull(),
			aheadDays: d.integer('ahead_days').notNull(),
			updatedAt: d.instant('updated_at').notNull()
		},
		(t) => [d.uniqueIndex('booking_pages_slug').on(t.slug)]
	);

	return { invitations, availabilityHours, availabilityDays, bookingPages };
}
