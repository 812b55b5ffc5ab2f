import { inArray } from 'drizzle-orm';
import { Refusal } from '../../shared/refusals.ts';
import { isOver, type Role } from '../../shared/sessionStatus.ts';
import type { Bus } from '../bus/bus.ts';
import type { Row, Store } from '../db/store.ts';
import { listenToRoom, type RoomMessage } from '../roomLog/roomMessages.ts';

/** Asked about in one query. */
const BATCH = 500;

/** A member's place in one session: the role is the one in this session. */
export interface Membership {
	session: Row<'sessions'>;
	member: { userId: string; role: Role };
}

/** Whom the mentor let go, or who left by themselves: what remains of a session is for everybody who belonged to it. */
export function isRemoved(removedAt: Date | null, status: Row<'sessions'>['status']): boolean {
	return removedAt !== null && !isOver(status);
}

/**
 * Memberships in use by what goes on for long, such as subscriptions (spec S2). What ends one in this process is told by the
 * room's topic, at once; `recheck` finds whatever else took it away.
 */
export function createAdmissions({ store, bus }: { store: Store; bus: Bus }) {
	const { sessions, sessionMembers } = store.tables;
	interface Admitted extends Membership {
		lose(): void;
	}
	const bySession = new Map<string, Set<Admitted>>();

	return {
		/**
		 * `onLost` is called once, with refusal `removed`, and never after the answer was called, which gives the place back. Ask for
		 * the membership afterwards: what happens in between is not missed then.
		 */
		admit({ session, member }: Membership, onLost: (refusal: Refusal) => void): () => void {
			const admitted: Admitted = {
				...{ session, member },
				lose() {
					giveBack();
					onLost(new Refusal('removed'));
				}
			};
			const stop = listenToRoom(bus, session.roomCode, (message) => {
				if (removedBy(message) === member.userId) admitted.lose();
			});
			const all = bySession.get(session.id) ?? new Set();
			bySession.set(session.id, all.add(admitted));
			function giveBack(): void {
				stop();
				all.delete(admitted);
				if (all.size === 0 && bySession.get(session.id) === all) bySession.delete(session.id);
			}
			return giveBack;
		},

		/** Holds all of them against the database once. */
		async recheck(): Promise<void> {
			const asked = [...bySession];
			for (let from = 0; from < asked.length; from += BATCH) {
				const batch = asked.slice(from, from + BATCH);
				const roles = await readRoles(batch.map(([sessionId]) => sessionId));
				for (const [sessionId, all] of batch)
					for (const admitted of [...all]) {
						const { userId, role } = admitted.member;
						// Given back meanwhile.
						if (all.has(admitted) && roles.get(`${sessionId} ${userId}`) !== role) admitted.lose();
					}
			}
		}
	};

	async function readRoles(sessionIds: string[]): Promise<Map<string, Role>> {
		const { sessionId, userId, role, removedAt } = sessionMembers;
		const [members, states] = await Promise.all([
			store.db
				.select({ sessionId, userId, role, removedAt })
				.from(sessionMembers)
				.where(inArray(sessionId, sessionIds)),
			store.db
				.select({ id: sessions.id, status: sessions.status })
				.from(sessions)
				.where(inArray(sessions.id, sessionIds))
		]);
		const statusOf = new Map(states.map(({ id, status }) => [id, status]));
		return new Map(
			members
				.filter((row) => !isRemoved(row.removedAt, statusOf.get(row.sessionId) ?? 'scheduled'))
				.map((row) => [`${row.sessionId} ${row.userId}`, row.role])
		);
	}
}

/** Whose place in the room ends with this. */
function removedBy(message: RoomMessage): string | null {
	if (message.type === 'left') return message.userId;
	return message.type === 'entry' && message.entry.type === 'learner.removed'
		? message.entry.payload.userId
		: null;
}
