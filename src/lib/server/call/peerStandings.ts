import { and, eq, inArray } from 'drizzle-orm';
import type { PeerStanding } from '../../../../peer-server/standing.ts';
import { CHECK_ONLY, type PeerTicket } from '../../../../peer-server/ticket.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { HeldLogins } from '../accounts/heldLogins.ts';
import type { Store } from '../db/store.ts';
import type { Presence } from '../presence/presenceService.ts';
import { isRemoved } from '../sessions/admissions.ts';

export type PeerStandings = ReturnType<typeof createPeerStandings>;

/** What tickets to the PeerServer are worth at this instant (spec S4). */
export function createPeerStandings({
	store,
	presence,
	logins
}: {
	store: Store;
	presence: Pick<Presence, 'isSeated'>;
	logins: Pick<HeldLogins, 'areGood'>;
}) {
	const { sessions, sessionMembers } = store.tables;

	/** `<session> <person>` of those who belong to one that is not over. */
	async function readBelonging(tickets: readonly PeerTicket[]): Promise<Set<string>> {
		const asked = [...new Set(tickets.map(({ sessionId }) => sessionId))];
		if (asked.length === 0) return new Set();
		const { sessionId, userId, removedAt } = sessionMembers;
		const people = [...new Set(tickets.map((ticket) => ticket.userId))];
		const rows = await store.db
			.select({ sessionId, userId, removedAt, status: sessions.status })
			.from(sessionMembers)
			.innerJoin(sessions, eq(sessions.id, sessionId))
			.where(and(inArray(sessionId, asked), inArray(userId, people)));
		return new Set(
			rows
				.filter((row) => !isOver(row.status) && !isRemoved(row.removedAt, row.status))
				.map((row) => `${row.sessionId} ${row.userId}`)
		);
	}

	/** In the order of `tickets`. */
	return async function standingsOf(tickets: readonly PeerTicket[]): Promise<PeerStanding[]> {
		const keys = tickets.flatMap(({ loginKey }) => loginKey ?? []);
		const [good, belonging] = await Promise.all([
			logins.areGood(keys),
			readBelonging(tickets.filter(({ sessionId }) => sessionId !== CHECK_ONLY))
		]);
		return tickets.map(({ sessionId, userId, loginKey }) => {
			if (!loginKey || !good.has(loginKey)) return 'over';
			if (sessionId === CHECK_ONLY) return 'unseated';
			if (!belonging.has(`${sessionId} ${userId}`)) return 'over';
			return presence.isSeated(sessionId, userId) ? 'seated' : 'unseated';
		});
	};
}
