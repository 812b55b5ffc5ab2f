import type { Row } from '../src/lib/server/db/store.ts';
import { createId, createRoomCode } from '../src/lib/server/ids.ts';
import { createToken, hashToken } from '../src/lib/server/planning/invite.ts';
import { AS_PLANNED } from '../src/lib/server/sessions/asPlanned.ts';
import { weeklySeries } from '../src/lib/shared/lessonSeries.ts';
import type { InvitationAnswer } from '../src/lib/shared/planning.ts';
import type { People } from './pastLesson.ts';
import { SAMPLE_PEOPLE, type SampleLearner } from './sampleLessons.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

interface SamplePlan {
	title: string;
	description: string;
	mentor: 'maya' | 'ines';
	inDays: number;
	/** Hour of the day, UTC. */
	hour: number;
	minutes: number;
	priceMinor: number;
	/** How many, a week apart. */
	weeks: number;
	answers: Partial<Record<SampleLearner, InvitationAnswer>>;
	/** Asked, and without an account so far. */
	addresses: string[];
}

const PLANS: SamplePlan[] = [
	{
		...{ mentor: 'maya', inDays: 2, hour: 16, minutes: 60, priceMinor: 3_500, weeks: 4 },
		title: 'Derivatives: the slope at a point',
		description: 'We go on with limits.\n\nPlease bring:\n- your drawing of the two curves\n- a ruler',
		answers: { liam: 'accepted' },
		addresses: []
	},
	{
		...{ mentor: 'maya', inDays: 4, hour: 15, minutes: 75, priceMinor: 5_200, weeks: 1 },
		title: 'Exam preparation: sketching functions',
		description: '',
		answers: { liam: 'open', aisha: 'accepted' },
		addresses: ['noor@example.org']
	},
	{
		...{ mentor: 'ines', inDays: 6, hour: 18, minutes: 45, priceMinor: 2_800, weeks: 1 },
		title: 'Portuguese: ordering by phone',
		description: 'We play it: one calls, one takes the order.',
		answers: { aisha: 'open', liam: 'declined' },
		addresses: []
	}
];

/** Lessons to come in which every state of an invitation is seen. Whoever declined is no member any more. `now` in ms. */
export function plannedLessons(people: People, now: number, timeZone: string) {
	const sessions: Row<'sessions'>[] = [];
	const members: Row<'sessionMembers'>[] = [];
	const invitations: Row<'invitations'>[] = [];
	for (const plan of PLANS) {
		const startsAt = Math.floor(now / DAY + plan.inDays) * DAY + plan.hour * 60 * MINUTE;
		const seriesId = plan.weeks > 1 ? createId() : null;
		for (const time of weeklySeries({ ...plan, startsAt }, timeZone)) {
			const session = sessionOf(plan, people, { ...time, seriesId, now });
			const sessionId = session.id;
			const answers = Object.entries(plan.answers) as [SampleLearner, InvitationAnswer][];
			const coming = answers.filter(([, answer]) => answer !== 'declined').map(([who]) => who);
			sessions.push(session);
			for (const who of [plan.mentor, ...coming])
				members.push({
					...{ sessionId, userId: people[who], role: SAMPLE_PEOPLE[who].role },
					...{ startsAt: session.startsAt, removedAt: null }
				});
			const asked = { sessionId, createdAt: session.createdAt, withdrawnAt: null };
			const answeredAt = new Date(now - DAY / 2);
			for (const [who, answer] of answers)
				invitations.push({
					...{ ...asked, id: createId(), email: SAMPLE_PEOPLE[who].email, userId: people[who] },
					tokenHash: hashToken(createToken()),
					acceptedAt: answer === 'accepted' ? answeredAt : null,
					declinedAt: answer === 'declined' ? answeredAt : null
				});
			for (const email of plan.addresses)
				invitations.push({
					...{ ...asked, id: createId(), email, userId: null, tokenHash: hashToken(createToken()) },
					...{ acceptedAt: null, declinedAt: null }
				});
		}
	}
	return { sessions, members, invitations };
}

function sessionOf(
	{ title, description, mentor, priceMinor }: SamplePlan,
	people: People,
	{
		startsAt,
		endsAt,
		seriesId,
		now
	}: { startsAt: number; endsAt: number; seriesId: string | null; now: number }
): Row<'sessions'> {
	return {
		...AS_PLANNED,
		...{ id: createId(), roomCode: createRoomCode(), mentorId: people[mentor], title, description, seriesId },
		...{ status: 'scheduled', startsAt: new Date(startsAt), endsAt: new Date(endsAt), priceMinor },
		...{ startedAt: null, endedAt: null, endReason: null, durationSeconds: null, lastSeq: 0 },
		createdAt: new Date(now - DAY)
	};
}
