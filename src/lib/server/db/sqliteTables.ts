import { sqliteDialect } from './dialect.ts';
import { createTables } from './tables.ts';

/** The tables for SQLite, also what drizzle-kit reads to generate `drizzle/sqlite`. */
export const {
	users,
	logins,
	sessions,
	sessionMembers,
	roomLog,
	attendance,
	boards,
	boardElements,
	boardFiles,
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
	mutedNotifications,
	accountProofs,
	mails,
	invitations,
	availabilityHours,
	availabilityDays,
	bookingPages,
	jobs
} = createTables(sqliteDialect);
