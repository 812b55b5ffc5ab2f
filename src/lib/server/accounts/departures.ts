import { and, eq, or } from 'drizzle-orm';
import { Refusal } from '../../shared/refusals.ts';
import type { Bus } from '../bus/bus.ts';
import { run, type Database, type Row, type Steps, type Store } from '../db/store.ts';
import type { Change, ChangePlans } from '../planning/planChange.ts';
import type { FileStore } from '../resources/fileStore.ts';
import { tellEnded } from './accountsService.ts';
import type { ConfirmPassword } from './confirmPassword.ts';
import { deleteLogins } from './loginQueries.ts';
import { changePerson, readPerson } from './personQueries.ts';
import type { Proofs } from './proofs.ts';
import { deleteTraces, standInAddress } from './traces.ts';

/** What stands where a name stood; readers see it in their language (`shared/shownNames.ts`). */
const NOBODY = 'Deleted account';

/** What becomes of lessons to come when one of their people goes. */
export interface LessonsToCome {
	/**
	 * Calls off what this person would teach and takes them out of what they would learn, in the transaction of their
	 * departure, while their name still stands there.
	 */
	leave(change: Change, person: Row<'users'>): Steps<void>;
}

/** The end of an account. */
export function createDepartures(deps: {
	store: Store;
	files: FileStore;
	bus: Bus;
	proofs: Proofs;
	confirmPassword: ConfirmPassword;
	lessons: LessonsToCome;
	changePlans: ChangePlans;
}) {
	const { store, files, bus, proofs, confirmPassword, lessons, changePlans } = deps;
	const { tables } = store;

	/** What is this person's alone and nobody else needs. */
	function* deletePersonal(tx: Database, person: Row<'users'>): Steps<void> {
		const { id, email } = person;
		const { notifications, inboxes, mutedNotifications, uploads, mails } = tables;
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
		yield* deleteTraces(tables, tx, person, NOBODY);
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
			const { ended, pictureKey } = await changePlans(function* (change) {
				const { tx, at } = change;
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
				yield* lessons.leave(change, person);
				yield* deletePersonal(tx, person);
				const ended = yield* deleteLogins(tables, tx, userId);
				yield* changePerson(tables, tx, userId, {
					...{ name: NOBODY, email: standInAddress(), passwordHash: '', timeZone: 'UTC', language: null },
					...{ pictureKey: null, emailVerifiedAt: null, deletedAt: at },
					calendarVersion: person.calendarVersion + 1
				});
				return { ended, pictureKey: person.pictureKey };
			});
			tellEnded(bus, ended);
			if (pictureKey) await files.remove(pictureKey);
		}
	};
}
