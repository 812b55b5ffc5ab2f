import type { Row, Steps } from '../db/store.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { refuseManyMails } from './invite.ts';
import { addressed, sharesOf, type Share } from './lessonMail.ts';
import type { Change, PlanningDeps } from './planChange.ts';

type Session = Row<'sessions'>;
type User = Row<'users'>;

/** What people hear of an edit: one mail and one notification each, of however many lessons. */
export function createEditNews({ store, currency }: Pick<PlanningDeps, 'store' | 'currency'>) {
	const { tables } = store;

	/** To everybody asked to any of these lessons, which are reworded already. */
	function* tellChanged({ tx, news, at }: Change, lessons: Session[], mentor: User): Steps<void> {
		const shares = yield* sharesOf(tables, tx, lessons, ({ id }) => id);
		yield* refuseManyMails(
			tables,
			{ tx, at },
			shares.map(({ addressee }) => addressee.email)
		);
		for (const { addressee, mine } of shares) {
			const [first, ...others] = mine;
			const key = `${first.id}:${first.calendarSequence}:${addressee.email}`;
			news.mail({
				kind: 'lesson-changed',
				uniqueKey: `lesson-changed:${key}`,
				to: addressed(addressee),
				payload: {
					lesson: mailLessonOf(first, mentor, currency),
					others: others.map((other) => mailLessonOf(other, mentor, currency))
				},
				dropAt: mine.at(-1)!.endsAt.getTime()
			});
			if (!addressee.person) continue;
			const { roomCode, title } = first;
			news.notify({
				userId: addressee.person.id,
				kind: 'session-changed',
				uniqueKey: `session-changed:${key}`,
				payload: { roomCode, title, weeks: mine.length }
			});
		}
	}

	/** To whom was taken off the lists of these lessons. */
	function tellWithdrawn({ news, at }: Change, { addressee, mine }: Share<Session>, mentor: User): void {
		const [first, ...others] = mine;
		const key = `invitation-withdrawn:${first.id}:${addressee.email}:${at.getTime()}`;
		news.mail({
			kind: 'invitation-withdrawn',
			uniqueKey: key,
			to: addressed(addressee),
			payload: {
				lesson: mailLessonOf(first, mentor, currency),
				others: others.map((other) => mailLessonOf(other, mentor, currency))
			},
			dropAt: mine.at(-1)!.endsAt.getTime()
		});
		if (!addressee.person) return;
		const { roomCode, title, startsAt } = first;
		news.concerns([addressee.person.id]);
		news.notify({
			userId: addressee.person.id,
			kind: 'invitation-withdrawn',
			uniqueKey: key,
			payload: { roomCode, title, mentorName: mentor.name, startsAt: startsAt.getTime(), weeks: mine.length }
		});
	}

	return { tellChanged, tellWithdrawn };
}
