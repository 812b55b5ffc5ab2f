import type { Departure, RoomEvent } from '../../shared/roomEvents.ts';
import type { Role } from '../../shared/sessionStatus.ts';

/**
 * Why nobody could be taught. `not-come`: somebody had not come yet. `left`: they said goodbye. `lost`: their
 * connection. `removed`: the mentor removed them. `server-away`: the server was not there to see who was.
 */
export type InterruptionCause = 'not-come' | 'left' | 'lost' | 'removed' | 'server-away';

/** A time of a live session in which the mentor or every learner was missing. Instants are ms since the epoch. */
export interface Interruption {
	from: number;
	to: number;
	cause: InterruptionCause;
	/** Who was missing for that cause. */
	userIds: string[];
}

/** `taughtSeconds` and `interruptedSeconds` are whole and always make up `lessonSeconds`. */
export interface LessonTime {
	lessonSeconds: number;
	taughtSeconds: number;
	interruptedSeconds: number;
	/** In order, without overlaps. */
	interruptions: Interruption[];
}

interface Person {
	userId: string;
	role: Role;
}

/** While it runs the server notices a loss within this time (spec T8), ms: what was noticed later was not seen by any. */
const NOTICED_WITHIN_MS = 15_000;
/** What is shorter is a moment's overlap of two entries and nobody's interruption, ms. */
const SHORTEST_MS = 1_000;

/**
 * A fair clock of a lesson: it is taught while the mentor and at least one learner are there. `entries` is the room log
 * in its order; instants are ms since the epoch. A session that never started has no time at all.
 */
export function lessonClock(
	session: { startedAt: number | null; endedAt: number | null },
	members: readonly Person[],
	entries: readonly RoomEvent[]
): LessonTime {
	const { startedAt: start, endedAt: end } = session;
	if (start === null || end === null || end <= start)
		return { lessonSeconds: 0, taughtSeconds: 0, interruptedSeconds: 0, interruptions: [] };
	const mentors = members.filter(({ role }) => role === 'mentor').map((one) => absencesOf(one, entries));
	const learners = members.filter(({ role }) => role === 'learner').map((one) => absencesOf(one, entries));
	const interruptions = joined(
		cutsOf([...mentors, ...learners].flat(), start, end).flatMap(([from, to]) => {
			const missing = [missingAt(mentors, from), missingAt(learners, from)].filter((group) => group !== null);
			return missing.length === 0 ? [] : [{ from, to, ...firstOf(missing) }];
		})
	).filter(({ from, to }) => to - from >= SHORTEST_MS);

	const lessonSeconds = Math.round((end - start) / 1000);
	const interruptedMs = interruptions.reduce((sum, { from, to }) => sum + to - from, 0);
	const interruptedSeconds = Math.min(lessonSeconds, Math.round(interruptedMs / 1000));
	return {
		lessonSeconds,
		taughtSeconds: lessonSeconds - interruptedSeconds,
		interruptedSeconds,
		interruptions
	};
}

/** A time in which one person was not there. Endless at the ends of the log. */
interface Absence {
	userId: string;
	from: number;
	to: number;
	cause: InterruptionCause;
}

/** In order, without overlaps. */
function absencesOf({ userId }: Person, entries: readonly RoomEvent[]): Absence[] {
	const absences: Absence[] = [];
	let away: Omit<Absence, 'to'> | null = { userId, from: -Infinity, cause: 'not-come' };
	let cameAt = -Infinity;
	for (const entry of entries) {
		if (entry.actorId !== userId) continue;
		if (entry.type === 'mentor.join' || entry.type === 'learner.join') {
			if (away) absences.push({ ...away, to: Math.max(entry.at, away.from) });
			away = null;
			cameAt = Math.max(entry.at, cameAt);
		} else if ((entry.type === 'mentor.leave' || entry.type === 'learner.leave') && !away) {
			const from = Math.max(cameAt, Math.min(entry.at, entry.payload.since ?? entry.at));
			const cause = causeOf(entry.payload, entry.at - from);
			away = { userId, from, cause };
			// From when it was written a server was there again, and the person was not.
			if (cause === 'server-away' && entry.payload.reason === 'lost') {
				absences.push({ ...away, to: entry.at });
				away = { userId, from: entry.at, cause: 'lost' };
			}
		}
	}
	if (away) absences.push({ ...away, to: Infinity });
	return absences.filter(({ from, to }) => to > from);
}

function causeOf({ reason }: Departure, unnoticedMs: number): InterruptionCause {
	if (reason === 'goodbye') return 'left';
	if (reason === 'removed') return 'removed';
	return reason === 'session-end' || unnoticedMs > NOTICED_WITHIN_MS ? 'server-away' : 'lost';
}

/** The lesson in pieces inside of which nobody comes or goes. */
function cutsOf(absences: readonly Absence[], start: number, end: number): [from: number, to: number][] {
	const inside = absences.flatMap(({ from, to }) => [from, to]).filter((at) => at > start && at < end);
	const cuts = [...new Set([start, ...inside, end])].sort((a, b) => a - b);
	return cuts.slice(1).map((to, nth) => [cuts[nth] ?? start, to]);
}

/** Since when and why nobody of this group is there; null while somebody is. Who went last made it so. */
function missingAt(
	group: readonly Absence[][],
	at: number
): { since: number; cause: InterruptionCause; userIds: string[] } | null {
	const away = group.map((absences) => absences.find(({ from, to }) => from <= at && at < to));
	if (away.includes(undefined)) return null;
	const known = away.filter((absence) => absence !== undefined);
	const last = known.toSorted((a, b) => b.from - a.from)[0];
	if (!last) return { since: -Infinity, cause: 'not-come', userIds: [] };
	const userIds = known.filter(({ cause }) => cause === last.cause).map(({ userId }) => userId);
	return { since: last.from, cause: last.cause, userIds };
}

/** Of two groups that are missing the one that was missing first: the other could not have been taught anyway. */
function firstOf(
	missing: NonNullable<ReturnType<typeof missingAt>>[]
): Pick<Interruption, 'cause' | 'userIds'> {
	const since = Math.min(...missing.map((group) => group.since));
	const first = missing.filter((group) => group.since === since);
	const cause = first[0]?.cause ?? 'not-come';
	const userIds = first.filter((group) => group.cause === cause).flatMap((group) => group.userIds);
	return { cause, userIds };
}

/** Pieces that follow each other for the same cause and people are one. */
function joined(pieces: readonly Interruption[]): Interruption[] {
	const made: Interruption[] = [];
	for (const piece of pieces) {
		const last = made.at(-1);
		const same =
			last?.to === piece.from && last.cause === piece.cause && last.userIds.join() === piece.userIds.join();
		if (last && same) last.to = piece.to;
		else made.push({ ...piece });
	}
	return made;
}
