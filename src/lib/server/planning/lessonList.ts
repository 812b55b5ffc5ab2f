import type { Row } from '../db/store.ts';
import type { Addressee } from './lessonMail.ts';

type Invitation = Row<'invitations'>;

/** Somebody on a lesson's list. Who booked it was never asked. */
export interface Entry {
	addressee: Addressee;
	invitation: Invitation | null;
}

/**
 * The list of a lesson, by the addresses its mentor knows people by. Rows and learners may be of other lessons as well; who
 * was taken back is not on it.
 */
export function listOf(
	sessionId: string,
	rows: Invitation[],
	learners: { sessionId: string; user: Row<'users'> }[]
): Entry[] {
	const people = learners.filter((one) => one.sessionId === sessionId).map(({ user }) => user);
	const asked = rows
		.filter((row) => row.sessionId === sessionId && row.withdrawnAt === null)
		.map((invitation) => {
			const { email, userId } = invitation;
			return { addressee: { email, person: people.find(({ id }) => id === userId) ?? null }, invitation };
		});
	const others = people
		.filter(({ id }) => !asked.some(({ addressee }) => addressee.person?.id === id))
		.map((person) => ({ addressee: { email: person.email, person }, invitation: null }));
	return [...asked, ...others];
}
