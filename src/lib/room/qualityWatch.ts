import type { Participant } from '../shared/live.ts';
import { sameReport, type LineReport } from '../shared/lineReport.ts';
import type { Figures } from './qualityFigures.ts';
import { qualitiesOf, type OwnSigns, type Qualities } from './qualitySides.ts';
import {
	FLAWLESS,
	marksOf,
	steady,
	worst,
	type Expectation,
	type Mark,
	type Steady
} from './qualityVerdict.ts';
import { climb, rebased, rungsOf, startLadder, strainOf, type Ladder, type Rung } from './sendLadder.ts';
import { sameLimit, type VideoLimit } from './sendLimits.ts';

/** A call has shown what it is like after this time, ms: before, every line looks narrow. */
const GRACE = 5_000;
/** The others are told at most this often, ms; a paused picture at once. */
const TELL_EVERY = 2_000;
/** Round trips to the server, ms. A busy server is no trouble of the call. */
const SLOW_SERVER = { good: 300, poor: 800 };

/** What decides besides the calls themselves. */
export interface QualityScene {
	myUserId: string;
	others: readonly Participant[];
	offline: boolean;
	/** The server was reached before and is not now. */
	cutOff: boolean;
	/** To the server and back, ms; null before the first answer. */
	serverTrip: number | null;
	/** A picture is sent: camera or screen. */
	showing: boolean;
}

/** Judges all calls of a page and decides what each may send. Keeps what belongs to a person over redials. */
export interface QualityWatch {
	/** A call with this person was looked at. Answers whether the video to them is to be limited anew, and what is judged. */
	looked(userId: string, figures: Figures): { limit: boolean; verdict: boolean };
	/** What may be sent to somebody, at most `bound`; null: no picture. Undefined user: nobody knows yet whose call it is. */
	limitFor(userId: string | undefined, bound: VideoLimit, sharing: boolean): VideoLimit | null;
	/** Everybody else is gone. */
	keep(userIds: ReadonlySet<string>): void;
	figuresOf(userId: string): Figures | null;
	/** The step on the ladder, 0 the highest; and whether only sound is sent. */
	sentTo(userId: string): Expectation['sent'];
	/** `silent`: those of whom nothing comes. */
	judge(silent: (userId: string) => boolean): Qualities;
	/** What the others are told. Changes at most every two seconds, but for paused pictures. */
	report(): LineReport | null;
	/** Those who get no picture because the line is too weak. */
	pausedFor(): string[];
}

interface Watched {
	firstAt: number;
	figures: Figures;
	ladder: Ladder;
	sending: Steady | null;
	receiving: Steady | null;
	delay: Steady | null;
	/** What was judged last, for comparison. */
	verdict: string;
}

export function createQualityWatch(deps: { now: () => number; scene: () => QualityScene }): QualityWatch {
	const { now, scene } = deps;
	const people = new Map<string, Watched>();
	/** The steps below what each may get, by user id. */
	const bounds = new Map<string, { limit: VideoLimit; sharing: boolean; rungs: readonly Rung[] }>();
	let server: Steady | null = null;
	let told: { report: LineReport; at: number } | null = null;
	/** There is something newer to tell than was told. */
	let heldBack = false;

	function rungs(userId: string): readonly Rung[] {
		return bounds.get(userId)?.rungs ?? [];
	}

	function rungOf(userId: string, { ladder }: Watched): Rung | undefined {
		const all = rungs(userId);
		return all[Math.min(ladder.step, all.length - 1)];
	}

	/** Somebody shows it larger or smaller, there are more or fewer people, or a screen is shown instead of a face. */
	function bind(userId: string, limit: VideoLimit, sharing: boolean): void {
		const before = bounds.get(userId);
		if (before?.sharing === sharing && sameLimit(before.limit, limit)) return;
		const after = { limit, sharing, rungs: rungsOf(limit, sharing) };
		bounds.set(userId, after);
		const watched = people.get(userId);
		if (watched && before) watched.ladder = rebased(watched.ladder, before.rungs, after.rungs, now());
	}

	function sentTo(userId: string): Expectation['sent'] {
		const watched = people.get(userId);
		const last = rungs(userId).length - 1;
		if (!watched || watched.ladder.step === 0 || last < 0) return 'full';
		if (watched.ladder.step >= last) return 'paused';
		return watched.ladder.step === last - 1 ? 'least' : 'less';
	}

	function expect(userId: string, rung: Rung): Expectation {
		const person = scene().others.find((one) => one.userId === userId);
		const paused = person?.line?.pausedFor.includes(scene().myUserId) ?? false;
		const picture = Boolean(person?.media.camera && !person.media.screen && !paused);
		return { picture, sent: scene().showing ? sentTo(userId) : 'full', floor: rung.floor };
	}

	function pausedFor(): string[] {
		if (!scene().showing) return [];
		return [...people.keys()].filter((userId) => sentTo(userId) === 'paused').sort();
	}

	function ownSigns(): OwnSigns {
		const { offline, cutOff, serverTrip } = scene();
		server = steady(server, serverMark(serverTrip), now());
		return { offline, cutOff, server: server.mark };
	}

	/** A report that was held back may go now. */
	function isTellingDue(at: number): boolean {
		return told !== null && heldBack && at - told.at >= TELL_EVERY;
	}

	function judge(silent: (userId: string) => boolean): Qualities {
		const at = now();
		const calls = scene().others.map(({ userId, line }) => {
			const watched = people.get(userId);
			const isSilent = silent(userId);
			const ready = watched?.sending && watched.receiving && watched.delay;
			const marks =
				ready && at - watched.firstAt >= GRACE
					? {
							sending: watched.sending!.mark,
							receiving: watched.receiving!.mark,
							delay: watched.delay!.mark
						}
					: null;
			return { userId, theirs: line, silent: isSilent, marks };
		});
		return qualitiesOf(calls, ownSigns());
	}

	return {
		looked(userId, figures) {
			const at = figures.at;
			const watched: Watched = people.get(userId) ?? {
				...{ firstAt: at, figures, ladder: startLadder(at) },
				...{ sending: null, receiving: null, delay: null, verdict: '' }
			};
			people.set(userId, watched);
			const before = watched.figures.at;
			watched.figures = figures;
			const rung = rungOf(userId, watched);
			if (!rung) return { limit: false, verdict: false };
			const step = watched.ladder.step;
			watched.ladder = climb(watched.ladder, {
				...{ at, before, last: rungs(userId).length - 1 },
				strain: strainOf(figures, rung)
			});
			if (at - watched.firstAt >= GRACE) {
				const raw = marksOf(figures, expect(userId, rung));
				watched.sending = steady(watched.sending, raw.sending, at);
				watched.receiving = steady(watched.receiving, raw.receiving, at);
				watched.delay = steady(watched.delay, raw.delay, at);
			}
			// Round trips to the server have no looks of their own.
			ownSigns();
			const verdict = keyOf(watched, server);
			const changed = verdict !== watched.verdict;
			watched.verdict = verdict;
			return { limit: watched.ladder.step !== step, verdict: changed || isTellingDue(at) };
		},
		limitFor(userId, limit, sharing) {
			if (userId === undefined) return limit;
			bind(userId, limit, sharing);
			const watched = people.get(userId);
			return watched ? (rungOf(userId, watched)?.limit ?? null) : limit;
		},
		keep(userIds) {
			for (const known of [people, bounds])
				for (const userId of known.keys()) if (!userIds.has(userId)) known.delete(userId);
			if (people.size === 0) told = null;
		},
		figuresOf: (userId) => people.get(userId)?.figures ?? null,
		sentTo,
		judge,
		report() {
			if (people.size === 0) return told?.report ?? null;
			const fresh: LineReport = { ...judge(() => false).report, pausedFor: pausedFor() };
			heldBack = false;
			if (told && sameReport(told.report, fresh)) return told.report;
			const urgent = told?.report.pausedFor.join() !== fresh.pausedFor.join();
			const at = now();
			heldBack = told !== null && !urgent && at >= told.at && at - told.at < TELL_EVERY;
			if (told && heldBack) return told.report;
			heldBack = false;
			told = { report: fresh, at };
			return fresh;
		},
		pausedFor
	};
}

function keyOf({ ladder, sending, receiving, delay }: Watched, server: Steady | null): string {
	const marks = [sending, receiving, delay, server].map((one) => `${one?.mark.level}${one?.mark.reason}`);
	return `${ladder.step} ${marks.join(' ')}`;
}

function serverMark(trip: number | null): Mark {
	if (trip === null || trip < SLOW_SERVER.good) return FLAWLESS;
	return worst([{ level: trip < SLOW_SERVER.poor ? 1 : 2, reason: 'delay' }]);
}
