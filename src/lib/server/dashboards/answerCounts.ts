import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { AnswerCounts } from '../../shared/answerCounts.ts';
import type { Store } from '../db/store.ts';

/** How many of those a mentor asked have answered, by room code; sessions to which nobody was asked are left out. */
export function createAnswerCounts({ tables: { invitations, sessions }, db }: Store) {
	return async function answersOf(
		mentor: { id: string },
		roomCodes: string[]
	): Promise<Record<string, AnswerCounts>> {
		const found: Record<string, AnswerCounts> = {};
		if (roomCodes.length === 0) return found;
		const rows = await db
			.select({
				roomCode: sessions.roomCode,
				mentorId: sessions.mentorId,
				acceptedAt: invitations.acceptedAt,
				declinedAt: invitations.declinedAt
			})
			.from(invitations)
			.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
			.where(and(inArray(sessions.roomCode, roomCodes), isNull(invitations.withdrawnAt)));
		for (const { roomCode, mentorId, acceptedAt, declinedAt } of rows) {
			// Here and not in the query, where a long list would have all sessions of the mentor gone through instead.
			if (mentorId !== mentor.id) continue;
			const counts = (found[roomCode] ??= { open: 0, accepted: 0, declined: 0 });
			counts[declinedAt ? 'declined' : acceptedAt ? 'accepted' : 'open'] += 1;
		}
		return found;
	};
}
