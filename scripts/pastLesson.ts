import type { Row } from '../src/lib/server/db/store.ts';
import { createId, createRoomCode } from '../src/lib/server/ids.ts';
import type { FileStore } from '../src/lib/server/resources/fileStore.ts';
import type { RoomEvent } from '../src/lib/shared/roomEvents.ts';
import { SAMPLE_PEOPLE, type SampleLesson, type SamplePerson } from './sampleLessons.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

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
	return {
		session,
		members: there.map((who) => ({
			sessionId: session.id,
			userId: people[who],
			role: SAMPLE_PEOPLE[who].role,
			startsAt: session.startsAt
		})),
		log,
		attendance: there.map((who, place) => ({
			id: createId(),
			sessionId: session.id,
			userId: people[who],
			seatId: createId(),
			joinedAt: new Date(arrival(startsAt, place)),
			heartbeatAt: new Date(endedAt),
			leftAt: new Date(endedAt),
			deviceTrouble: null
		})),
		ratings: sample.ratings.map(([from, to, stars, comment], place) => {
			const at = new Date(endedAt + (place + 1) * 2 * MINUTE);
			const pair = { raterId: people[from], rateeId: people[to] };
			return {
				sessionId: session.id,
				...pair,
				stars,
				comment,
				connectionToBlame: null,
				createdAt: at,
				updatedAt: at,
				revealedAt: null
			};
		}),
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
	return [
		...there.map((who, place): Happened => ({
			at: arrival(startsAt, place),
			who,
			type: SAMPLE_PEOPLE[who].role === 'mentor' ? 'mentor.join' : 'learner.join',
			payload: {}
		})),
		{ at: startsAt, who: sample.mentor, type: 'session.start', payload: {} },
		...sample.chat.map(([who, text], place): Happened => ({
			at: Math.round(startsAt + step * (place + 1)),
			who,
			type: 'chat.message',
			payload: { text }
		})),
		...there.map((who): Happened => ({
			at: endedAt,
			who,
			type: SAMPLE_PEOPLE[who].role === 'mentor' ? 'mentor.leave' : 'learner.leave',
			payload: { reason: 'session-end' }
		})),
		{
			at: endedAt,
			who: reason === 'mentor' ? sample.mentor : null,
			type: 'session.end',
			payload: { reason, durationSeconds: sample.lasted * 60 }
		}
	];
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
