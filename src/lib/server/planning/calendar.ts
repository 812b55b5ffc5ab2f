import type { CalendarLesson } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Store } from '../db/store.ts';
import { readShownMembers } from '../sessions/knownLearners.ts';
import { answerOf } from './invitationView.ts';
import { readBetween } from './planReads.ts';

/** What one looks at together, ms: a month's page with its neighbours. */
const SPAN_MAX_MS = 62 * 86_400_000;

export function createCalendar(store: Store) {
	const { tables, db } = store;

	/** Refusal `bad-input`. */
	return async function calendar(user: { id: string }, from: number, to: number): Promise<CalendarLesson[]> {
		const isSpan = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to > from;
		if (!isSpan || to - from > SPAN_MAX_MS || to > 8e15) throw new Refusal('bad-input');
		const found = await readBetween(tables, db, user.id, new Date(from), new Date(to));
		const mine = found.filter(({ role }) => role === 'mentor').map(({ session }) => session.id);
		const people = Map.groupBy(
			await readShownMembers(tables, db, mine, user.id),
			({ sessionId }) => sessionId
		);
		return found.map(({ session, role, mentorName, own }) => ({
			...{ roomCode: session.roomCode, title: session.title, status: session.status, role },
			...{ startsAt: session.startsAt.getTime(), endsAt: session.endsAt.getTime() },
			people:
				role === 'learner'
					? [mentorName]
					: (people.get(session.id) ?? []).flatMap((one) => (one.role === 'learner' ? one.name : [])),
			seriesId: session.seriesId,
			answer: role === 'learner' && own ? answerOf(own) : null,
			changeable: role === 'mentor' && session.status === 'scheduled'
		}));
	};
}
