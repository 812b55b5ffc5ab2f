import { z } from 'zod';
import { LEARNERS_MAX, LESSON_MINUTES_MAX } from '../../shared/formSchemas.ts';
import { EMAIL_MAX_CHARACTERS, TITLE_MAX_CHARACTERS } from '../../shared/limits.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import type { Row, Store } from '../db/store.ts';
import { createId, createRoomCode } from '../ids.ts';
import { findLearners, insertSession } from './sessionsQueries.ts';
import { AS_PLANNED } from './asPlanned.ts';

const planInput = z.object({
	title: z.string().trim().min(1).max(TITLE_MAX_CHARACTERS),
	learnerEmails: z
		.array(z.string().trim().toLowerCase().min(1).max(EMAIL_MAX_CHARACTERS))
		.min(1)
		.max(LEARNERS_MAX),
	/** Ms since the epoch. */
	startsAt: z
		.number()
		.int()
		.nonnegative()
		.max(8.64e15 - LESSON_MINUTES_MAX * 60_000),
	/** Fractions are for demonstrations; the form asks for whole minutes. */
	minutes: z.number().positive().max(LESSON_MINUTES_MAX),
	priceMinor: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
});

/** A lesson as a mentor plans it. */
export type PlannedLesson = z.input<typeof planInput>;

/** Some of the e-mails belong to no learner. */
export class NotLearners extends Refusal {
	readonly emails: string[];
	constructor(emails: string[]) {
		super('not-a-learner');
		this.emails = emails;
	}
}

/**
 * Stores a session with its members, wholly or not at all.
 * Refusals: `not-mentor`, `bad-input` (also for an end in the past), `not-a-learner` with `emails`.
 */
export async function planSession(
	{ store, now }: { store: Store; now: () => number },
	mentor: { id: string; role: Role },
	lesson: PlannedLesson
): Promise<{ roomCode: string; memberIds: string[] }> {
	if (mentor.role !== 'mentor') throw new Refusal('not-mentor');
	const parsed = planInput.safeParse(lesson);
	if (!parsed.success) throw new Refusal('bad-input');
	const { title, startsAt, minutes, priceMinor } = parsed.data;
	const emails = [...new Set(parsed.data.learnerEmails)];
	const endsAt = startsAt + Math.round(minutes * 60_000);
	if (endsAt <= now()) throw new Refusal('bad-input');

	const session: Row<'sessions'> = {
		...AS_PLANNED,
		id: createId(),
		roomCode: createRoomCode(),
		mentorId: mentor.id,
		title,
		status: 'scheduled',
		startsAt: new Date(startsAt),
		endsAt: new Date(endsAt),
		startedAt: null,
		endedAt: null,
		endReason: null,
		durationSeconds: null,
		priceMinor,
		lastSeq: 0,
		createdAt: new Date(now())
	};
	const memberIds = await store.transact(function* (tx) {
		const learners = yield* findLearners(store.tables, tx, emails);
		const unknown = emails.filter((email) => !learners.some((learner) => learner.email === email));
		if (unknown.length > 0) throw new NotLearners(unknown);
		const members = [
			{ userId: mentor.id, role: 'mentor' as const },
			...learners.map(({ id }) => ({ userId: id, role: 'learner' as const }))
		];
		yield* insertSession(store.tables, tx, session, members);
		return members.map(({ userId }) => userId);
	});
	return { roomCode: session.roomCode, memberIds };
}
