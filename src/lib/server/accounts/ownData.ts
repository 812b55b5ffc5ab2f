import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm';
import { Refusal } from '../../shared/refusals.ts';
import type { Store } from '../db/store.ts';
import { accountsQueries } from './accountsQueries.ts';

export type OwnData = ReturnType<typeof createOwnData>;

/**
 * What is kept about one person, in words that another program can read: their own, and of others only what they may see
 * anyway. Instants are ISO 8601 in UTC, amounts are in minor units of their currency.
 */
export function createOwnData({ store, now }: { store: Store; now: () => number }) {
	const { tables, db } = store;
	const queries = accountsQueries(store);

	async function sessionsOf(userId: string) {
		const { sessions, sessionMembers, users } = tables;
		const rows = await db
			.select({ session: sessions, role: sessionMembers.role })
			.from(sessionMembers)
			.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
			.where(eq(sessionMembers.userId, userId))
			.orderBy(asc(sessions.startsAt));
		const company = await inPortions(
			rows.map(({ session }) => session.id),
			(ids) =>
				db
					.select({ sessionId: sessionMembers.sessionId, name: users.name, role: sessionMembers.role })
					.from(sessionMembers)
					.innerJoin(users, eq(users.id, sessionMembers.userId))
					.where(and(inArray(sessionMembers.sessionId, ids), ne(sessionMembers.userId, userId)))
		);
		const others = Map.groupBy(company, ({ sessionId }) => sessionId);
		return rows.map(({ session, role }) => ({
			...{ roomCode: session.roomCode, title: session.title, description: session.description, role },
			...{ status: session.status, startsAt: session.startsAt, endsAt: session.endsAt },
			...{ startedAt: session.startedAt, endedAt: session.endedAt, priceMinor: session.priceMinor },
			with: (others.get(session.id) ?? []).map(({ name, role: theirs }) => ({ name, role: theirs }))
		}));
	}

	/** Chat only: who came and went when is told with the sessions. */
	async function messagesOf(userId: string) {
		const { roomLog, sessions } = tables;
		const rows = await db
			.select({ roomCode: sessions.roomCode, at: roomLog.at, payload: roomLog.payload })
			.from(roomLog)
			.innerJoin(sessions, eq(sessions.id, roomLog.sessionId))
			.where(and(eq(roomLog.actorId, userId), eq(roomLog.type, 'chat.message')))
			.orderBy(asc(roomLog.at));
		return rows.map(({ roomCode, at, payload }) => ({ roomCode, at, text: payload.text }));
	}

	async function ratingsOf(userId: string) {
		const { ratings, sessions, users } = tables;
		const read = (whose: 'raterId' | 'rateeId', other: 'raterId' | 'rateeId') =>
			db
				.select({ rating: ratings, roomCode: sessions.roomCode, name: users.name })
				.from(ratings)
				.innerJoin(sessions, eq(sessions.id, ratings.sessionId))
				.innerJoin(users, eq(users.id, ratings[other]))
				.where(eq(ratings[whose], userId))
				.orderBy(asc(ratings.createdAt));
		const [given, received] = await Promise.all([read('raterId', 'rateeId'), read('rateeId', 'raterId')]);
		return {
			given: given.map(({ rating, roomCode, name }) => ({
				...{ roomCode, about: name, stars: rating.stars, comment: rating.comment },
				...{ connectionToBlame: rating.connectionToBlame, at: rating.updatedAt }
			})),
			// What is not revealed is not known to them; who is to blame for a connection is for the rater alone.
			received: received
				.filter(({ rating }) => rating.revealedAt !== null)
				.map(({ rating, roomCode, name }) => ({
					...{ roomCode, from: name, stars: rating.stars, comment: rating.comment },
					at: rating.updatedAt
				}))
		};
	}

	async function filesOf(userId: string) {
		const { resources, boardFiles, sessions } = tables;
		const [handedOver, onBoards] = await Promise.all([
			db
				.select({
					...{ roomCode: sessions.roomCode, name: resources.name, type: resources.type },
					...{ size: resources.size, at: resources.uploadedAt }
				})
				.from(resources)
				.innerJoin(sessions, eq(sessions.id, resources.sessionId))
				.where(and(eq(resources.uploadedBy, userId), isNull(resources.removedAt)))
				.orderBy(asc(resources.uploadedAt)),
			db
				.select({
					...{ roomCode: sessions.roomCode, type: boardFiles.type, size: boardFiles.size },
					at: boardFiles.uploadedAt
				})
				.from(boardFiles)
				.innerJoin(sessions, eq(sessions.id, boardFiles.sessionId))
				.where(eq(boardFiles.uploadedBy, userId))
				.orderBy(asc(boardFiles.uploadedAt))
		]);
		return { handedOver, onBoards };
	}

	async function taughtBy(userId: string) {
		const { ledger, lessonNotes, sessions, bookingPages, availabilityHours, availabilityDays } = tables;
		const [earnings, notes, page, hours, days] = await Promise.all([
			db
				.select({
					...{ roomCode: sessions.roomCode, amountMinor: ledger.amountMinor, feeMinor: ledger.feeMinor },
					...{ currency: ledger.currency, bookedAt: ledger.bookedAt }
				})
				.from(ledger)
				.innerJoin(sessions, eq(sessions.id, ledger.sessionId))
				.where(eq(ledger.mentorId, userId))
				.orderBy(asc(ledger.bookedAt)),
			db
				.select({ roomCode: sessions.roomCode, text: lessonNotes.text, at: lessonNotes.updatedAt })
				.from(lessonNotes)
				.innerJoin(sessions, eq(sessions.id, lessonNotes.sessionId))
				.where(eq(sessions.mentorId, userId)),
			db.select().from(bookingPages).where(eq(bookingPages.mentorId, userId)),
			db.select().from(availabilityHours).where(eq(availabilityHours.mentorId, userId)),
			db.select().from(availabilityDays).where(eq(availabilityDays.mentorId, userId))
		]);
		return {
			...{ earnings, notes },
			bookingPage: page.map(withoutIds)[0] ?? null,
			availability: { weekly: hours.map(withoutIds), days: days.map(withoutIds) }
		};
	}

	return {
		/** Refusal `signed-out`. */
		async exportOf(userId: string) {
			const person = await queries.userById(userId);
			if (!person) throw new Refusal('signed-out');
			const { name, email, role, timeZone, language, createdAt, emailVerifiedAt, pictureKey } = person;
			const [logins, sessions, messages, ratings, files, taught] = await Promise.all([
				queries.loginsOf(userId),
				sessionsOf(userId),
				messagesOf(userId),
				ratingsOf(userId),
				filesOf(userId),
				taughtBy(userId)
			]);
			return {
				writtenAt: new Date(now()),
				profile: {
					...{ name, email, role, timeZone, language, createdAt, emailVerifiedAt },
					hasPicture: pictureKey !== null
				},
				logins: logins.map((login) => ({
					...{ device: login.device, since: login.createdAt, until: login.expiresAt }
				})),
				...{ sessions, messages, ratings, files, ...taught }
			};
		}
	};
}

function withoutIds<R extends { mentorId: string }>({ mentorId: _, ...row }: R): Omit<R, 'mentorId'> {
	return row;
}

/** No database takes any number of values in one query. */
async function inPortions<T>(ids: string[], read: (ids: string[]) => Promise<T[]>): Promise<T[]> {
	const found: T[] = [];
	for (let from = 0; from < ids.length; from += 500) found.push(...(await read(ids.slice(from, from + 500))));
	return found;
}
