import type { Row } from '../src/lib/server/db/store.ts';
import { createId, createRoomCode } from '../src/lib/server/ids.ts';
import type { People } from './pastLesson.ts';
import { AS_PLANNED } from '../src/lib/server/sessions/asPlanned.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A lesson that its mentor never started: Liam waited, without camera and microphone. `now` in ms. */
export function missedLesson(people: People, now: number) {
	const startsAt = Math.floor(now / DAY - 22) * DAY + 18 * 60 * MINUTE;
	const endsAt = startsAt + 45 * MINUTE;
	const came = startsAt - 3 * MINUTE;
	const session: Row<'sessions'> = {
		...AS_PLANNED,
		id: createId(),
		roomCode: createRoomCode(),
		mentorId: people.ines,
		title: 'Speaking: telling a story',
		status: 'missed',
		startsAt: new Date(startsAt),
		endsAt: new Date(endsAt),
		startedAt: null,
		endedAt: null,
		endReason: null,
		durationSeconds: null,
		priceMinor: 2_800,
		lastSeq: 2,
		createdAt: new Date(startsAt - 5 * DAY)
	};
	const sessionId = session.id;
	const entry = (seq: number, at: number) => ({
		...{ sessionId, seq, clientId: createId() },
		...{ at: new Date(at), actorId: people.liam }
	});
	const members: Row<'sessionMembers'>[] = [
		{ sessionId, userId: people.ines, role: 'mentor', startsAt: session.startsAt, removedAt: null },
		{ sessionId, userId: people.liam, role: 'learner', startsAt: session.startsAt, removedAt: null }
	];
	const log: Row<'roomLog'>[] = [
		{ ...entry(1, came), type: 'learner.join', payload: {} },
		{ ...entry(2, endsAt), type: 'learner.leave', payload: { reason: 'session-end' } }
	];
	const attendance: Row<'attendance'>[] = [
		{
			id: createId(),
			sessionId,
			userId: people.liam,
			seatId: createId(),
			joinedAt: new Date(came),
			heartbeatAt: new Date(endsAt),
			leftAt: new Date(endsAt),
			deviceTrouble: { camera: 'denied', microphone: 'denied' }
		}
	];
	return { session, members, log, attendance };
}
