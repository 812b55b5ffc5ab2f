import type { Invitee, LessonDetails } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Row, Store } from '../db/store.ts';
import { readKnownLearners } from '../sessions/knownLearners.ts';
import { answerOf } from './invitationView.ts';
import {
	readInvitees,
	readLearnersOf,
	readOwnInvitation,
	readWholeSeries,
	readWithMentor
} from './planReads.ts';

type Session = Row<'sessions'>;

export function createDetails({
	store,
	now,
	currency
}: {
	store: Store;
	now: () => number;
	currency: string;
}) {
	const { tables, db } = store;

	/** Everybody asked, and who is in it without having been asked (they booked it): as the mentor may know them. */
	async function inviteesOf(session: Session): Promise<Invitee[]> {
		const [asked, learners] = await Promise.all([
			readInvitees(tables, db, session.id),
			readLearnersOf(tables, db, session.id)
		]);
		const ids = asked.flatMap(({ invitation }) => invitation.userId ?? []);
		const known = await readKnownLearners(tables, db, session.mentorId, ids);
		const invited = asked.map(({ invitation, name }) => {
			const { email, userId, acceptedAt, declinedAt } = invitation;
			const answer = answerOf(invitation);
			const isKnown = userId !== null && (answer !== 'open' || known.has(userId));
			const answeredAt = (declinedAt ?? acceptedAt)?.getTime() ?? null;
			return {
				...{ email, answer, answeredAt },
				...(isKnown ? { name, userId } : { name: null, userId: null })
			};
		});
		const others = learners
			.filter(({ id }) => !ids.includes(id))
			.map(({ id, email, name }) => ({
				...{ email, name, userId: id },
				...{ answer: 'accepted' as const, answeredAt: null }
			}));
		return [...invited, ...others];
	}

	async function seriesOf({ id, seriesId }: Session): Promise<LessonDetails['series']> {
		if (seriesId === null) return null;
		const all = await readWholeSeries(tables, db, seriesId);
		const place = all.findIndex((one) => one.id === id) + 1;
		const following = all.slice(place).filter(({ status }) => status === 'scheduled').length;
		return { id: seriesId, place, count: all.length, following };
	}

	/** Refusal `not-found`. */
	return async function details(user: { id: string }, roomCode: string): Promise<LessonDetails> {
		const found = await readWithMentor(tables, db, roomCode);
		if (!found) throw new Refusal('not-found');
		const { session, mentor } = found;
		const isMentor = session.mentorId === user.id;
		const [own, learners] = await Promise.all([
			readOwnInvitation(tables, db, session.id, user.id),
			readLearnersOf(tables, db, session.id)
		]);
		// Who said no, or was taken back, still sees what it was about.
		if (!isMentor && !own && !learners.some(({ id }) => id === user.id)) throw new Refusal('not-found');
		const invitees = isMentor ? await inviteesOf(session) : [];
		const { title, description, status, priceMinor, cancelledAt, cancelReason, bookedById } = session;
		return {
			...{ roomCode, title, description, status, priceMinor, currency, mentor, invitees },
			...{ startsAt: session.startsAt.getTime(), endsAt: session.endsAt.getTime() },
			role: isMentor ? 'mentor' : 'learner',
			series: await seriesOf(session),
			answer: own && !isMentor ? (own.withdrawnAt === null ? answerOf(own) : 'declined') : null,
			learners: isMentor
				? invitees
						.filter(({ answer }) => answer !== 'declined')
						.map(({ userId, name, email }) => ({ id: userId, name: name ?? email }))
				: learners.map(({ id, name }) => ({ id, name })),
			booked: bookedById !== null,
			cancelled: cancelledAt && { at: cancelledAt.getTime(), reason: cancelReason ?? '' },
			changeable: isMentor && status === 'scheduled',
			serverNow: now()
		};
	};
}
