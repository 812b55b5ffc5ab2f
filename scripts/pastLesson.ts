import type { Row } from '../src/lib/server/db/store.ts';
import { createId, createRoomCode } from '../src/lib/server/ids.ts';
import type { FileStore } from '../src/lib/server/resources/fileStore.ts';
import type { Departure, RoomEvent } from '../src/lib/shared/roomEvents.ts';
import { SAMPLE_PEOPLE, type SampleLesson, type SamplePerson } from './sampleLessons.ts';
import { AS_PLANNED } from '../src/lib/server/sessions/asPlanned.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** As the default of RATING_REVEAL_DAYS. */
const REVEAL_DAYS = 7;
/** How long a seat is kept before the log says that it was lost, ms. */
const GRACE = 8_000;

/** User ids of the sample people. */
export type People = Record<SamplePerson, string>;
/** One entry to be, without what its place in the log decides. */
type Happened = { at: number; who: SamplePerson | null } & (RoomEvent extends infer E
	? E extends RoomEvent
		? Pick<E, 'type' | 'payload'>
		: never
	: never);

export interface PastLesson {
	session: Row<'sessions'>;
	members: Row<'sessionMembers'>[];
	log: Row<'roomLog'>[];
	attendance: Row<'attendance'>[];
	ratings: Row<'ratings'>[];
	jobs: Row<'jobs'>[];
	notes: Row<'lessonNotes'>[];
	resources: Row<'resources'>[];
	earning: Row<'ledger'>;
}

/** The rows that a lesson which took place leaves behind, and its files in the store. `now` in ms. */
export async function pastLesson(
	sample: SampleLesson,
	people: People,
	now: number,
	currency: string,
	files: FileStore
): Promise<PastLesson> {
	const startsAt = Math.floor(now / DAY - sample.daysAgo) * DAY + sample.hour * 60 * MINUTE;
	const endedAt = startsAt + sample.lasted * MINUTE;
	const there: SamplePerson[] = [sample.mentor, ...sample.learners];
	const session: Row<'sessions'> = {
		...AS_PLANNED,
		id: createId(),
		roomCode: createRoomCode(),
		mentorId: people[sample.mentor],
		title: sample.title,
		status: 'completed',
		startsAt: new Date(startsAt),
		endsAt: new Date(startsAt + sample.minutes * MINUTE),
		startedAt: new Date(startsAt),
		endedAt: new Date(endedAt),
		endReason: sample.lasted < sample.minutes ? 'mentor' : 'time',
		durationSeconds: sample.lasted * 60,
		priceMinor: sample.priceMinor,
		lastSeq: 0,
		createdAt: new Date(startsAt - 5 * DAY)
	};
	const log = toLog(session, people, whatHappened(sample, startsAt, endedAt));
	session.lastSeq = log.length;
	const ratings = ratingsOf(sample, session, people, now);
	return {
		session,
		members: there.map((who) => ({
			sessionId: session.id,
			userId: people[who],
			role: SAMPLE_PEOPLE[who].role,
			startsAt: session.startsAt,
			removedAt: null
		})),
		log,
		attendance: there.flatMap((who, place) =>
			staysOf(sample, who, arrival(startsAt, place), startsAt, endedAt).map(([from, to]) => ({
				id: createId(),
				sessionId: session.id,
				userId: people[who],
				seatId: createId(),
				joinedAt: new Date(from),
				heartbeatAt: new Date(to),
				leftAt: new Date(to),
				deviceTrouble: null
			}))
		),
		ratings,
		jobs: ratings.every(({ revealedAt }) => revealedAt) ? [] : [revealLater(session)],
		notes: sample.note
			? [{ sessionId: session.id, text: sample.note, updatedAt: new Date(endedAt + 5 * MINUTE) }]
			: [],
		resources: await Promise.all(sample.files.map((file) => handOver(file, session, endedAt, files))),
		earning: {
			id: createId(),
			sessionId: session.id,
			mentorId: session.mentorId,
			amountMinor: sample.priceMinor,
			feeMinor: 0,
			currency,
			bookedAt: new Date(endedAt)
		}
	};
}

/** The mentor comes four minutes early, the others one by one after that. */
function arrival(startsAt: number, place: number): number {
	return startsAt - 4 * MINUTE + place * 70_000;
}

function whatHappened(sample: SampleLesson, startsAt: number, endedAt: number): Happened[] {
	const there: SamplePerson[] = [sample.mentor, ...sample.learners];
	const reason = sample.lasted < sample.minutes ? 'mentor' : 'time';
	const step = (endedAt - startsAt) / (sample.chat.length + 1);
	const happened: Happened[] = [
		...there.map((who, place) => came(who, arrival(startsAt, place))),
		...(sample.lost ?? []).flatMap(({ who, after, minutes }) => {
			const since = startsAt + after * MINUTE;
			return [went(who, since + GRACE, { reason: 'lost', since }), came(who, since + minutes * MINUTE)];
		}),
		{ at: startsAt, who: sample.mentor, type: 'session.start', payload: {} },
		...sample.chat.map(([who, text], place): Happened => ({
			at: Math.round(startsAt + step * (place + 1)),
			who,
			type: 'chat.message',
			payload: { text }
		})),
		...there.map((who) => went(who, endedAt, { reason: 'session-end' })),
		{
			at: endedAt,
			who: reason === 'mentor' ? sample.mentor : null,
			type: 'session.end',
			payload: { reason, durationSeconds: sample.lasted * 60 }
		}
	];
	return happened.sort((a, b) => a.at - b.at);
}

function came(who: SamplePerson, at: number): Happened {
	return { at, who, type: `${SAMPLE_PEOPLE[who].role}.join`, payload: {} };
}

function went(who: SamplePerson, at: number, payload: Departure): Happened {
	return { at, who, type: `${SAMPLE_PEOPLE[who].role}.leave`, payload };
}

/** From and to: one stay, and another one after each loss. */
function staysOf(
	{ lost = [] }: SampleLesson,
	who: SamplePerson,
	arrivedAt: number,
	startsAt: number,
	endedAt: number
): [from: number, to: number][] {
	const gaps = lost
		.filter((loss) => loss.who === who)
		.map(({ after, minutes }) => [startsAt + after * MINUTE, startsAt + (after + minutes) * MINUTE] as const);
	const from = [arrivedAt, ...gaps.map(([, back]) => back)];
	const to = [...gaps.map(([gone]) => gone), endedAt];
	return from.map((at, nth) => [at, to[nth] ?? endedAt]);
}

/** As the server would have them by now: shown from when both had rated, or when their days were over (spec F4). */
function ratingsOf(
	sample: SampleLesson,
	session: Row<'sessions'>,
	people: People,
	now: number
): Row<'ratings'>[] {
	const endedAt = session.endedAt?.getTime() ?? 0;
	const ratedAt = (place: number) => endedAt + (place + 1) * 2 * MINUTE;
	return sample.ratings.map(([from, to, stars, comment], place) => {
		const back = sample.ratings.findIndex(([other, about]) => other === to && about === from);
		const shownAt = back < 0 ? endedAt + REVEAL_DAYS * DAY : ratedAt(Math.max(place, back));
		return {
			sessionId: session.id,
			...{ raterId: people[from], rateeId: people[to], stars, comment },
			connectionToBlame: null,
			createdAt: new Date(ratedAt(place)),
			updatedAt: new Date(ratedAt(place)),
			revealedAt: shownAt <= now ? new Date(shownAt) : null
		};
	});
}

function revealLater(session: Row<'sessions'>): Row<'jobs'> {
	return {
		id: createId(),
		kind: 'reveal-ratings',
		uniqueKey: `reveal-ratings:${session.id}`,
		payload: { sessionId: session.id },
		dueAt: new Date((session.endedAt?.getTime() ?? 0) + REVEAL_DAYS * DAY),
		...{ leaseUntil: null, attempts: 0, lastError: null, doneAt: null, failedAt: null }
	};
}

/** Sums of what is shown of all lessons. */
export function ratingTotals(ratings: readonly Row<'ratings'>[]): Row<'ratingTotals'>[] {
	const totals = new Map<string, Row<'ratingTotals'>>();
	for (const { rateeId, stars, revealedAt } of ratings) {
		if (!revealedAt) continue;
		const before = totals.get(rateeId) ?? { userId: rateeId, ratings: 0, stars: 0 };
		totals.set(rateeId, { ...before, ratings: before.ratings + 1, stars: before.stars + stars });
	}
	return [...totals.values()];
}

function toLog(session: Row<'sessions'>, people: People, happened: Happened[]): Row<'roomLog'>[] {
	return happened.map(({ at, who, type, payload }, place) => ({
		sessionId: session.id,
		seq: place + 1,
		// As the server names them: there is one start and one end.
		clientId: type.startsWith('session.') ? type.replace('.', ':') : createId(),
		at: new Date(at),
		actorId: who && people[who],
		type,
		payload
	}));
}

async function handOver(
	file: SampleLesson['files'][number],
	session: Row<'sessions'>,
	endedAt: number,
	files: FileStore
): Promise<Row<'resources'>> {
	const stored = await files.put(new Blob([file.text]).stream(), 1024 * 1024);
	return {
		id: createId(),
		sessionId: session.id,
		uploadedBy: session.mentorId,
		name: file.name,
		type: file.type,
		size: stored.size,
		sha256: stored.sha256,
		storageKey: stored.key,
		uploadedAt: new Date(endedAt + 3 * MINUTE),
		removedAt: null
	};
}
