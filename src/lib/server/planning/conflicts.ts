import { movedWith, weeklySeries } from '../../shared/lessonSeries.ts';
import type { Conflict, ConflictQuery, Conflicts, Occurrence, Planner } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Store } from '../db/store.ts';
import { readKnownLearners } from '../sessions/knownLearners.ts';
import { conflictInput, readInput } from './planInput.ts';
import { readAccounts, readBusy, readOwnBusy, readWholeSeries, readWithMentor } from './planReads.ts';

interface Span {
	startsAt: Date;
	endsAt: Date;
}

export function createConflicts(store: Store) {
	const { tables, db } = store;

	/** The lessons that would move, and where to; those are not in each other's way. */
	async function movesOf(
		user: Planner,
		{ startsAt, minutes, weeks, except }: ConflictQuery
	): Promise<{ times: Occurrence[]; exceptIds: string[] }> {
		const planned = weeklySeries({ startsAt, minutes, weeks }, user.timeZone);
		const found = except && (await readWithMentor(tables, db, except.roomCode));
		// Of somebody else's lesson nothing follows.
		if (!found || found.session.mentorId !== user.id) return { times: planned, exceptIds: [] };
		const { session } = found;
		if (except.scope === 'this' || session.seriesId === null)
			return { times: planned, exceptIds: [session.id] };
		const series = await readWholeSeries(tables, db, session.seriesId);
		const place = series.findIndex(({ id }) => id === session.id);
		const later = series.slice(place + 1).filter(({ status }) => status === 'scheduled');
		const move = { from: session.startsAt.getTime(), to: startsAt, minutes };
		return {
			times: [planned[0]!, ...later.map((one) => movedWith(move, one.startsAt.getTime(), user.timeZone))],
			exceptIds: [session.id, ...later.map(({ id }) => id)]
		};
	}

	return async function conflicts(user: Planner, query: ConflictQuery): Promise<Conflicts> {
		if (user.role !== 'mentor') throw new Refusal('not-mentor');
		const input = readInput(conflictInput, query);
		const { times, exceptIds } = await movesOf(user, input);
		const from = new Date(Math.min(...times.map(({ startsAt }) => startsAt)));
		const to = new Date(Math.max(...times.map(({ endsAt }) => endsAt)));

		const accounts = await readAccounts(tables, db, input.learnerEmails);
		const ids = accounts.map(({ id }) => id);
		const known = await readKnownLearners(tables, db, user.id, ids);
		const [own, busy] = await Promise.all([
			readOwnBusy(tables, db, user.id, { from, to, exceptIds }),
			readBusy(tables, db, [...known], { from, to, exceptMentor: user.id })
		]);
		const found = times.flatMap((at): Conflict[] => [
			...own
				.filter((session) => overlap(at, session))
				.map(({ title, roomCode, startsAt, endsAt }) => ({
					...{ kind: 'own' as const, at, title, roomCode },
					with: { startsAt: startsAt.getTime(), endsAt: endsAt.getTime() }
				})),
			...accounts
				.filter(({ id }) => busy.some((span) => span.userId === id && overlap(at, span)))
				.map(({ email, name }) => ({ kind: 'learner' as const, at, email, name }))
		]);
		return { occurrences: times, conflicts: found };
	};
}

/** One that ends when the other begins is not in its way. */
function overlap(at: Occurrence, { startsAt, endsAt }: Span): boolean {
	return startsAt.getTime() < at.endsAt && endsAt.getTime() > at.startsAt;
}
