import type { EndReason, Role, SessionStatus } from '../../shared/sessionStatus.ts';
import type { RoomEventType } from '../../shared/roomEvents.ts';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import type { Language } from '../../shared/language.ts';
import { createAccountTables } from './accountTables.ts';
import { createAfterwardsTables } from './afterwardsTables.ts';
import { createBoardTables } from './boardTables.ts';
import type { Dialect } from './dialect.ts';
import { createPlanningTables } from './planningTables.ts';

/**
 * Every table, once, for both databases. Ids are made by us (random text), instants are UTC,
 * money is integer minor units. The whiteboard (boardTables.ts), what follows a lesson (afterwardsTables.ts), how one comes
 * about (planningTables.ts), and proofs and mails (accountTables.ts) have pages of their own.
 */
export function createTables(d: Dialect) {
	const users = d.table(
		'users',
		{
			id: d.text('id').primaryKey(),
			/** Lower case. */
			email: d.text('email').notNull(),
			name: d.text('name').notNull(),
			role: d.text('role').$type<Role>().notNull(),
			/** PHC string of argon2id. */
			passwordHash: d.text('password_hash').notNull(),
			/** IANA name. */
			timeZone: d.text('time_zone').notNull(),
			createdAt: d.instant('created_at').notNull(),
			/** When this person proved that the address is theirs; null until then, and again after a change of address. */
			emailVerifiedAt: d.instant('email_verified_at'),
			/** Of pages and mails; null: what the browser asks for. */
			language: d.text('language').$type<Language>(),
			/** Random name in the file store; null without a picture. */
			pictureKey: d.text('picture_key'),
			/** The calendar feed's address is made from this number: counting it up revokes the old address. */
			calendarVersion: d.integer('calendar_version').notNull().default(1),
			/** From then on the row is nobody: without name, address and password, kept for what others still need. */
			deletedAt: d.instant('deleted_at')
		},
		(t) => [d.uniqueIndex('users_email').on(t.email)]
	);

	/** Sign-ins. The cookie holds the id; only its SHA-256 is stored. */
	const logins = d.table(
		'logins',
		{
			idHash: d.text('id_hash').primaryKey(),
			userId: d
				.text('user_id')
				.notNull()
				.references(() => users.id),
			expiresAt: d.instant('expires_at').notNull(),
			/** Null for logins from before this was kept. */
			createdAt: d.instant('created_at'),
			/** Browser and system in a few words; null where they are not known. */
			device: d.text('device')
		},
		(t) => [d.index('logins_user').on(t.userId), d.index('logins_expires').on(t.expiresAt)]
	);

	const sessions = d.table(
		'sessions',
		{
			id: d.text('id').primaryKey(),
			roomCode: d.text('room_code').notNull(),
			mentorId: d
				.text('mentor_id')
				.notNull()
				.references(() => users.id),
			title: d.text('title').notNull(),
			status: d.text('status').$type<SessionStatus>().notNull(),
			/** Scheduled start and end; an extension moves the end. */
			startsAt: d.instant('starts_at').notNull(),
			endsAt: d.instant('ends_at').notNull(),
			startedAt: d.instant('started_at'),
			endedAt: d.instant('ended_at'),
			endReason: d.text('end_reason').$type<EndReason>(),
			durationSeconds: d.integer('duration_seconds'),
			priceMinor: d.integer('price_minor').notNull(),
			description: d.text('description').notNull().default(''),
			/** Shared by the lessons that were planned together, week by week. */
			seriesId: d.text('series_id'),
			/** Who picked the time on the mentor's booking page; null where the mentor planned it. */
			bookedById: d.text('booked_by_id').references(() => users.id),
			/** SEQUENCE of the calendar entry (RFC 5545, 3.8.7.4): grows with each change of time. */
			calendarSequence: d.integer('calendar_sequence').notNull().default(0),
			cancelledAt: d.instant('cancelled_at'),
			cancelReason: d.text('cancel_reason'),
			/** The last `seq` given out in this room. */
			lastSeq: d.integer('last_seq').notNull().default(0),
			createdAt: d.instant('created_at').notNull()
		},
		(t) => [
			d.uniqueIndex('sessions_room_code').on(t.roomCode),
			d.index('sessions_mentor_starts').on(t.mentorId, t.startsAt),
			d.index('sessions_status_ends').on(t.status, t.endsAt),
			d.index('sessions_series').on(t.seriesId),
			d.index('sessions_booked_by').on(t.bookedById)
		]
	);

	/** Everybody who may enter, the mentor included. */
	const sessionMembers = d.table(
		'session_members',
		{
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			userId: d
				.text('user_id')
				.notNull()
				.references(() => users.id),
			role: d.text('role').$type<Role>().notNull(),
			/** The session's scheduled start, so that one person's list is read page by page from an index. */
			startsAt: d.instant('starts_at').notNull(),
			/** When the mentor removed this person from the running session; null for those who may be there. */
			removedAt: d.instant('removed_at')
		},
		(t) => [
			d.primaryKey({ name: 'session_members_pk', columns: [t.sessionId, t.userId] }),
			d.index('session_members_user_starts').on(t.userId, t.startsAt)
		]
	);

	/** What happened in a room, in order. Rows are never changed. */
	const roomLog = d.table(
		'room_log',
		{
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			seq: d.integer('seq').notNull(),
			/** Made by the writer: a repeated write finds its first result. */
			clientId: d.text('client_id').notNull(),
			at: d.instant('at').notNull(),
			actorId: d.text('actor_id'),
			type: d.text('type').$type<RoomEventType>().notNull(),
			payload: d.json('payload').$type<Record<string, unknown>>().notNull()
		},
		(t) => [
			d.primaryKey({ name: 'room_log_pk', columns: [t.sessionId, t.seq] }),
			d.uniqueIndex('room_log_client_id').on(t.sessionId, t.clientId)
		]
	);

	/** One row for each stay of a person. A killed server's open rows are closed at their last heartbeat. */
	const attendance = d.table(
		'attendance',
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
			seatId: d.text('seat_id').notNull(),
			joinedAt: d.instant('joined_at').notNull(),
			heartbeatAt: d.instant('heartbeat_at').notNull(),
			leftAt: d.instant('left_at'),
			/** Why this person had no camera or microphone here: blocked devices are not absence. Null without trouble. */
			deviceTrouble: d.json('device_trouble').$type<DeviceTrouble>()
		},
		(t) => [
			d.index('attendance_session').on(t.sessionId),
			d.index('attendance_user').on(t.userId),
			d.index('attendance_left').on(t.leftAt)
		]
	);

	/** Work to be done after a commit; claimed with a lease, so that a killed server's work is picked up. */
	const jobs = d.table(
		'jobs',
		{
			id: d.text('id').primaryKey(),
			kind: d.text('kind').notNull(),
			uniqueKey: d.text('unique_key').notNull(),
			payload: d.json('payload').$type<Record<string, unknown>>().notNull(),
			dueAt: d.instant('due_at').notNull(),
			/** While claimed: until when nobody else may take it. */
			leaseUntil: d.instant('lease_until'),
			attempts: d.integer('attempts').notNull().default(0),
			lastError: d.text('last_error'),
			doneAt: d.instant('done_at'),
			/** Given up after too many attempts; an operator may have it tried again. */
			failedAt: d.instant('failed_at')
		},
		(t) => [d.uniqueIndex('jobs_unique_key').on(t.uniqueKey), d.index('jobs_due').on(t.doneAt, t.dueAt)]
	);

	return {
		users,
		logins,
		sessions,
		sessionMembers,
		roomLog,
		attendance,
		...createBoardTables(d, { users, sessions }),
		...createAfterwardsTables(d, { users, sessions }),
		...createAccountTables(d, { users }),
		...createPlanningTables(d, { users, sessions }),
		jobs
	};
}

export type Tables = ReturnType<typeof createTables>;
