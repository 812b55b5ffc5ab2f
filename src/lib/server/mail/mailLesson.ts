import type { Row } from '../db/store.ts';
import type { MailLesson, MailRecipient } from './mailKinds.ts';

/** A session as mails tell of it. */
export function mailLessonOf(
	session: Row<'sessions'>,
	mentor: { name: string; email: string },
	currency: string
): MailLesson {
	const { id, roomCode, title, description, startsAt, endsAt, priceMinor, calendarSequence } = session;
	return {
		...{ sessionId: id, roomCode, title, description, priceMinor, currency },
		...{ startsAt: startsAt.getTime(), endsAt: endsAt.getTime(), sequence: calendarSequence },
		mentor: { name: mentor.name, email: mentor.email }
	};
}

/** Somebody with an account as a recipient. */
export function recipientOf(
	user: Pick<Row<'users'>, 'id' | 'email' | 'name' | 'language' | 'timeZone'>
): MailRecipient {
	const { id, email, name, language, timeZone } = user;
	return { userId: id, address: email, name, language, timeZone };
}
