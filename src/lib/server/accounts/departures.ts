import { and, eq, or } from 'drizzle-orm';
import { Refusal } from '../../shared/refusals.ts';
import type { Bus } from '../bus/bus.ts';
import { run, type Database, type Row, type Steps, type Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import type { FileStore } from '../resources/fileStore.ts';
import { tellEnded } from './accountsService.ts';
import type { ConfirmPassword } from './confirmPassword.ts';
import { deleteLogins } from './loginQueries.ts';
import { changePerson, readPerson } from './personQueries.ts';
import type { Proofs } from './proofs.ts';

/** What stands where a name stood. */
export const NOBODY = 'Deleted account';

/** What becomes of lessons to come when one of their people goes. */
export interface LessonsToCome {
	/**
	 * Calls off what this person would teach and takes them out of what they would learn, in the transaction of their
	 * departure, while their name still stands there. Answers with what is to be told after the commit.
	 */
	leave(tx: Database, person: Row<'users'>): Steps<() => void>;
}

export type Departures = ReturnType<typeof createDepartures>;

/** The end of an account. */
export function createDepartures(deps: {
	store: Store;
	files: FileStore;
	bus: Bus;
	proofs: Proofs;
	confirmPassword: ConfirmPassword;
	lessons: LessonsToCome;
	now: () => number;
}) {
	const { store, files, bus, proofs, confirmPassword, lessons, now } = deps;
	const { tables } = store;

	/** What is this person's alone and nobody else needs. */
	function* deletePersonal(tx: Database, { id, email }: Row<'users'>, standIn: string): Steps<void> {
		const { notifications, inboxes, mutedNotifications, uploads, mails, invitations } = tables;
		const { bookingPages, availabilityHours, availabilityDays } = tables;
		yield* run(tx.delete(notifications).where(eq(notifications.userId, id)).returning());
		yield* run(tx.delete(inboxes).where(eq(inboxes.userId, id)).returning());
		yield* run(tx.delete(mutedNotifications).where(eq(mutedNotifications.userId, id)).returning());
		yield* run(tx.delete(uploads).where(eq(uploads.userId, id)).returning());
		const wereTheirs = or(eq(mails.userId, id), eq(mails.toAddress, email));
		yield* run(tx.delete(mails).where(wereTheirs).returning({ id: mails.id }));
		yield* run(tx.delete(bookingPages).where(eq(bookingPages.mentorId, id)).returning());
		yield* run(tx.delete(availabilityHours).where(eq(availabilityHours.mentorId, id)).returning());
		yield* run(tx.delete(availabilityDays).where(eq(availabilityDays.mentorId, id)).returning());
		// Who was asked to a lesson is part of what the mentor planned; the address is not.
		yield* run(
			tx.update(invitations).set({ email: standIn }).where(eq(invitations.email, email)).returning()
		);
		yield* proofs.deleteOf(tx, id);
	}

	return {
		/**
		 * Deletes an account and what is known about its person. What others need stays and names nobody: lessons that were,
		 * what was said in them, ratings, material. Refusals: `wrong-password`, `too-many`, `not-over` while this person
		 * gives a lesson
		 */
		async deleteAccount(userId: string, password: string): Promise<void> {
			await confirmPassword(userId, password);
			const { ended, pictureKey, tell } = await store.transact(function* (tx) {
				const person = yield* readPerson(tables, tx, { id: userId });
				if (!person) throw new Refusal('signed-out');
				const { sessions } = tables;
				const live = yield* run(
					tx
						.select({ id: sessions.id })
						.from(sessions)
						.where(and(eq(sessions.mentorId, userId), eq(sessions.status, 'live')))
				);
				if (live.length > 0)
					throw new Refusal('not-over', 'You are giving a session right now. Please end it first.');
				const tell = yield* lessons.leave(tx, person);
				// `.invalid` is nobody's and never will be (RFC 2606).
				const standIn = `${createId().toLowerCase()}@deleted.invalid`;
				yield* deletePersonal(tx, person, standIn);
				const ended = yield* deleteLogins(tables, tx, userId);
				yield* changePerson(tables, tx, userId, {
					...{ name: NOBODY, email: standIn, passwordHash: '', timeZone: 'UTC', language: null },
					...{ pictureKey: null, emailVerifiedAt: null, deletedAt: new Date(now()) },
					calendarVersion: person.calendarVersion + 1
				});
				return { ended, pictureKey: person.pictureKey, tell };
			});
			tellEnded(bus, ended);
			tell();
			if (pictureKey) await files.remove(pictureKey);
		}
	};
}
