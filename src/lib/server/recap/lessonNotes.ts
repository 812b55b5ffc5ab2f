import { noteSchema } from '../../shared/formSchemas.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { Store } from '../db/store.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { readLastNote, readNote, saveNote } from './recapQueries.ts';

/** What the mentor writes down for the next lesson. `updatedAt`: ms since the epoch. */
export interface LessonNote {
	text: string;
	updatedAt: number;
}

/** A note that a later session begins with. `at`: when its own session was to start, ms since the epoch. */
export interface EarlierNote {
	roomCode: string;
	title: string;
	at: number;
	text: string;
}

/** Older notes are history: they stand in their recap, and looking for them would cost the more the more lessons there are. */
const NOTE_COUNTS_FOR_MS = 120 * 86_400_000;

export function createLessonNotes(deps: { store: Store; sessions: Sessions; now: () => number }) {
	const { store, sessions, now } = deps;
	return {
		/**
		 * An empty text takes the note away. Repeating it changes nothing that is read.
		 * @throws Refusal `not-found`, `not-mentor`, `not-over` before the end, `bad-input` when it is too long
		 */
		async save(roomCode: string, user: { id: string }, text: string): Promise<void> {
			const { session, member } = await sessions.membership(roomCode, user);
			if (member.role !== 'mentor') throw new Refusal('not-mentor');
			if (!isOver(session.status)) throw new Refusal('not-over');
			const parsed = noteSchema.safeParse(text);
			if (!parsed.success) throw new Refusal('bad-input', parsed.error.issues[0]?.message);
			const row = { sessionId: session.id, text: parsed.data, updatedAt: new Date(now()) };
			await store.transact((tx) => saveNote(store.tables, tx, row));
		},

		/**
		 * What was written down for this session: the latest note of an earlier one with the same mentor, one of these
		 * learners and this person. @throws Refusal `not-found`
		 */
		async before(roomCode: string, user: { id: string }): Promise<EarlierNote | null> {
			const { session } = await sessions.membership(roomCode, user);
			const members = await sessions.membersOf(session.id);
			const learnerIds = members.filter(({ role }) => role === 'learner').map(({ userId }) => userId);
			const before = session.startsAt;
			const found = await readLastNote(
				store.tables,
				store.db,
				{ userId: user.id, mentorId: session.mentorId, learnerIds },
				{ after: new Date(before.getTime() - NOTE_COUNTS_FOR_MS), before }
			);
			if (!found) return null;
			const { startsAt, ...note } = found;
			return { ...note, at: startsAt.getTime() };
		},

		/** Null where there is none. For members; the caller has made sure of that. */
		async of(sessionId: string): Promise<LessonNote | null> {
			const row = await readNote(store.tables, store.db, sessionId);
			return row && row.text !== '' ? { text: row.text, updatedAt: row.updatedAt.getTime() } : null;
		}
	};
}

export type LessonNotes = ReturnType<typeof createLessonNotes>;
