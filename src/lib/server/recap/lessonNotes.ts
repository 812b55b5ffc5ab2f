import { noteSchema } from '../../shared/formSchemas.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { Store } from '../db/store.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { readNote, saveNote } from './recapQueries.ts';

/** What the mentor writes down for the next lesson. `updatedAt`: ms since the epoch. */
export interface LessonNote {
	text: string;
	updatedAt: number;
}

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

		/** Null where there is none. For members; the caller has made sure of that. */
		async of(sessionId: string): Promise<LessonNote | null> {
			const row = await readNote(store.tables, store.db, sessionId);
			return row && row.text !== '' ? { text: row.text, updatedAt: row.updatedAt.getTime() } : null;
		}
	};
}

export type LessonNotes = ReturnType<typeof createLessonNotes>;
