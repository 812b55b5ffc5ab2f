import type { AnswerCounts } from '../../shared/answerCounts.ts';
import { lastPeriods, yearIn, yearPeriod, type Period, type PeriodKind } from '../../shared/periods.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { Store } from '../db/store.ts';
import { END_OF_TIME, type Booked, type Earnings } from '../earnings/earningsService.ts';
import { writeStatement } from '../earnings/earningsStatement.ts';
import type { Figures } from '../earnings/figuresService.ts';
import { rateableBy } from '../../shared/feedback.ts';
import type { Feedback } from '../feedback/feedbackService.ts';
import type { Attendance } from '../presence/attendanceService.ts';
import { createRatingMarks } from '../feedback/ratingMarks.ts';
import { createResourceCounts } from '../resources/resourceCounts.ts';
import { createAnswerCounts } from './answerCounts.ts';
import { createSessionLists } from '../sessions/sessionLists.ts';
import type { SessionSummary } from '../sessions/sessionViews.ts';
import type { Member } from '../../shared/roomState.ts';
import { shownName } from '../../shared/shownNames.ts';
import { STATEMENT_HEAD } from '../../shared/statementHead.ts';

/** A session that is over, with what is left to do and to find. */
export interface PastSession extends SessionSummary {
	/** Files handed over. */
	files: number;
	/** Whom this person could rate and has not. */
	toRate: Member[];
	/** Stars this person gave, and got where they are revealed. */
	given: number[];
	got: number[];
	/** For the mentor only; null before the end and where nothing was booked. */
	earned: Booked | null;
}

export interface PastPage {
	sessions: PastSession[];
	/** Where the next older page begins; null when there is none. */
	older: string | null;
}

/** One week or month of earnings. Money is minor units. */
export interface PeriodEarnings extends Period {
	amountMinor: number;
	feeMinor: number;
	/** Lessons taught. */
	sessions: number;
}

export interface MentorFigures {
	/** Of everything here but `otherCurrencies`; ISO 4217. */
	currency: string;
	by: PeriodKind;
	/** The last twelve, oldest first. */
	periods: PeriodEarnings[];
	/** Of all time. */
	totals: { sessions: number; lessonSeconds: number; interruptedSeconds: number } & Booked;
	/** What was booked while another currency was configured. */
	otherCurrencies: Booked[];
	learners: { learners: number; cameBack: number };
	/** Null average: there are too few ratings to show one. */
	rating: { ratings: number; average: number | null };
	/** Calendar years in which something was booked, latest first. */
	years: number[];
}

export interface Dashboard {
	upcoming: SessionSummary[];
	/** For mentors, by room code: what those who were asked to come have answered. */
	answers: Record<string, AnswerCounts>;
	past: PastPage;
	/** For mentors. */
	figures: MentorFigures | null;
}

const PERIODS = 12;

/** What mentors and learners see of their own lessons when they come in (spec F7). */
export function createDashboards(deps: {
	store: Store;
	earnings: Earnings;
	figures: Figures;
	feedback: Pick<Feedback, 'standingOf'>;
	attendance: Pick<Attendance, 'taught'>;
	settings: { startEarlyMinutes: number; currency: string };
	now: () => number;
}) {
	const { store, earnings, figures, feedback, attendance, settings, now } = deps;
	const { currency } = settings;
	const lists = createSessionLists({ store, now, settings });
	const filesOf = createResourceCounts(store);
	const answersOf = createAnswerCounts(store);
	const marksOf = createRatingMarks(store);

	async function past(user: SignedInUser, before: string | null): Promise<PastPage> {
		const { sessions, older } = await lists.past(user, before);
		const ids = sessions.map(({ id }) => id);
		const [files, marks, taught, booked] = await Promise.all([
			filesOf(ids),
			marksOf(ids, user.id),
			attendance.taught(ids),
			user.role === 'mentor' ? earnings.ofSessions(ids) : new Map<string, Booked>()
		]);
		return {
			older,
			sessions: sessions.map(({ id, summary }) => {
				const { given = [], got = [] } = marks.get(id) ?? {};
				const rated = new Set(given.map(({ rateeId }) => rateeId));
				const me = summary.people.find(({ userId }) => userId === user.id);
				const rateable =
					me && summary.status === 'completed'
						? rateableBy(me, summary.people, taught.get(id) ?? new Set())
						: [];
				return {
					...summary,
					files: files.get(id) ?? 0,
					toRate: rateable.filter(({ userId }) => !rated.has(userId)),
					given: given.map(({ stars }) => stars),
					got: got.map(({ stars }) => stars),
					earned: booked.get(id) ?? null
				};
			})
		};
	}

	async function ofPeriod(mentorId: string, period: Period): Promise<PeriodEarnings> {
		const [sums, sessions] = await Promise.all([
			earnings.totalsOf(mentorId, period),
			figures.taughtIn(mentorId, period)
		]);
		const { amountMinor = 0, feeMinor = 0 } = sums.find((sum) => sum.currency === currency) ?? {};
		return { ...period, amountMinor, feeMinor, sessions };
	}

	async function figuresOf({ id, timeZone }: SignedInUser, by: PeriodKind): Promise<MentorFigures> {
		const at = now();
		const [periods, totals, learners, rating, first] = await Promise.all([
			Promise.all(lastPeriods(by, at, timeZone, PERIODS).map((period) => ofPeriod(id, period))),
			figures.totalsOf(id),
			figures.learnersOf(id),
			feedback.standingOf(id),
			earnings.firstBooking(id)
		]);
		const own = totals.find((one) => one.currency === currency);
		const sum = (key: 'sessions' | 'lessonSeconds' | 'interruptedSeconds') =>
			totals.reduce((all, one) => all + one[key], 0);
		const thisYear = yearIn(at, timeZone);
		const firstYear = first === null ? thisYear + 1 : yearIn(first, timeZone);
		return {
			...{ currency, by, periods, learners, rating },
			totals: {
				...{ sessions: sum('sessions'), lessonSeconds: sum('lessonSeconds') },
				interruptedSeconds: sum('interruptedSeconds'),
				...{ amountMinor: own?.amountMinor ?? 0, feeMinor: own?.feeMinor ?? 0, currency }
			},
			otherCurrencies: totals
				.filter((one) => one.currency !== currency)
				.map(({ amountMinor, feeMinor, currency }) => ({ amountMinor, feeMinor, currency })),
			years: Array.from({ length: thisYear - firstYear + 1 }, (_, nth) => thisYear - nth)
		};
	}

	return {
		/** `before`: the `older` of the page of past sessions before the one asked for; null for the first. */
		async read(
			user: SignedInUser,
			{ by, before }: { by: PeriodKind; before: string | null }
		): Promise<Dashboard> {
			const [upcoming, page, figures] = await Promise.all([
				lists.upcoming(user),
				past(user, before),
				user.role === 'mentor' ? figuresOf(user, by) : null
			]);
			const codes = user.role === 'mentor' ? upcoming.map(({ roomCode }) => roomCode) : [];
			return { upcoming, answers: await answersOf(user, codes), past: page, figures };
		},

		/** A further page of past sessions. */
		past,

		/** A mentor's bookings of a calendar year in their zone, or of all time, as CSV, piece by piece. */
		statement(
			user: SignedInUser,
			year: number | null,
			head: readonly string[] = STATEMENT_HEAD,
			nameOf: (name: string) => string = shownName
		): AsyncGenerator<string, void, undefined> {
			const span = year === null ? { from: 0, to: END_OF_TIME } : yearPeriod(year, user.timeZone);
			const peopleOf = (ids: string[]) => lists.peopleOf(ids, user);
			return writeStatement(earnings.entriesOf(user.id, span), peopleOf, user, { head, nameOf });
		}
	};
}

export type Dashboards = ReturnType<typeof createDashboards>;
