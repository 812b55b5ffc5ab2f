import type { Grade, LineReport, QualityReason } from '../shared/lineReport.ts';
import { FLAWLESS, gradeOf, worst, type Mark, type Marks } from './qualityVerdict.ts';

/** Where it is wrong: here, on the other person's side, between the two, or at the server. */
export type Side = 'mine' | 'theirs' | 'path' | 'server';

/** How good the connection with one person is, and where a bad one is not. */
export type Quality =
	{ level: 'excellent' | 'good' } | { level: 'poor' | 'lost'; reason: QualityReason; side: Side };

/** What this page knows of the call with one other person. */
export interface CallSigns {
	userId: string;
	/** Null until the call has been looked at for a while. */
	marks: Marks | null;
	/** What they say about their own side. */
	theirs: LineReport | null;
	/** Nothing comes from them any more. */
	silent: boolean;
}

/** What this page knows of its own side. */
export interface OwnSigns {
	/** The browser says that there is no network. */
	offline: boolean;
	/** The server is not reached. */
	cutOff: boolean;
	/** Round trips to the server. */
	server: Mark;
}

export interface Qualities {
	/** Null while nothing is known of any call. */
	mine: Quality | null;
	/** By user id; those whose calls say nothing yet are missing. */
	theirs: Map<string, Quality>;
	/** What the others are to know. */
	report: Omit<LineReport, 'pausedFor'>;
}

/**
 * Puts each trouble where it belongs, and only there: what is wrong here shows with oneself and not with everybody
 * else. With several calls those that are well tell whose side it is. With one, a bad way out is put down to the
 * sender's upload, and two bad ways to the path, unless just one of the two reaches the server badly.
 */
export function qualitiesOf(calls: readonly CallSigns[], own: OwnSigns): Qualities {
	const known = calls.flatMap((call) => (call.marks ? [{ ...call, marks: call.marks }] : []));
	const blamed = known.map((call) => ({ ...call, side: sideOf(call, known, own) }));
	const mineOf = (way: keyof Marks) =>
		worst(blamed.filter((call) => call.side === 'mine').map((call) => poorOnly(call.marks[way])));
	const sending = mineOf('sending');
	const receiving = mineOf('receiving');
	const bad = worst([sending, receiving, mineOf('delay')]);

	const theirs = new Map<string, Quality>();
	for (const call of calls) {
		const quality = qualityOf(call, blamed.find(({ userId }) => userId === call.userId)?.side ?? null);
		if (quality) theirs.set(call.userId, quality);
	}
	return {
		theirs,
		mine: mineFrom(bad, known, own),
		report: {
			sending: gradeOf(sending),
			receiving: gradeOf(receiving),
			server: gradeOf(own.server),
			reason: (bad.level === 2 ? bad : poorOnly(own.server)).reason
		}
	};
}

type Known = CallSigns & { marks: Marks };

/** Whose side a poor call is; null for one that is not poor. */
function sideOf(call: Known, all: readonly Known[], own: OwnSigns): Exclude<Side, 'server'> | null {
	const { sending, receiving, delay } = call.marks;
	const out = sending.level === 2;
	const back = receiving.level === 2;
	const slow = delay.level === 2;
	if (!out && !back && !slow) return null;
	if (out && sending.reason === 'computer') return 'mine';
	// One end that reaches the server badly too is the one; the server is another way out of the same house.
	const weakHere = own.server.level === 2;
	const weakThere = call.theirs?.server === 'poor';
	if (weakHere !== weakThere) return weakHere ? 'mine' : 'theirs';
	const admitted = isPoor(call.theirs?.sending) || isPoor(call.theirs?.receiving);
	if (all.length > 1) {
		const everybody = (way: keyof Marks) => all.every(({ marks }) => marks[way].level === 2);
		if ((out && everybody('sending')) || (back && everybody('receiving'))) return 'mine';
		if (slow && !out && !back && everybody('delay')) return 'mine';
		return admitted ? 'theirs' : 'path';
	}
	if (out && !back) return 'mine';
	if (back && !out) return 'theirs';
	return admitted && !out ? 'theirs' : 'path';
}

function isPoor(grade: Grade | undefined): boolean {
	return grade === 'poor';
}

function poorOnly(mark: Mark): Mark {
	return mark.level === 2 ? mark : FLAWLESS;
}

function qualityOf(call: CallSigns, side: Exclude<Side, 'server'> | null): Quality | null {
	if (call.silent) return { level: 'lost', reason: 'silent', side: 'path' };
	if (!call.marks) return null;
	const { sending, receiving, delay } = call.marks;
	const mark = worst([receiving, sending, delay]);
	if (mark.reason && (side === 'theirs' || side === 'path'))
		return { level: 'poor', reason: reasonOf(call, mark.reason), side };
	const { theirs } = call;
	if (theirs?.reason && (isPoor(theirs.sending) || isPoor(theirs.receiving)))
		return { level: 'poor', reason: theirs.reason, side: 'theirs' };
	return { level: mark.level === 0 ? 'excellent' : 'good' };
}

/** They know better than what is seen from here. */
function reasonOf({ theirs }: CallSigns, seen: QualityReason): QualityReason {
	return theirs?.reason && isPoor(theirs.sending) ? theirs.reason : seen;
}

function mineFrom(bad: Mark, calls: readonly Known[], own: OwnSigns): Quality | null {
	if (own.offline) return { level: 'lost', reason: 'silent', side: 'mine' };
	if (bad.level === 2 && bad.reason) return { level: 'poor', reason: bad.reason, side: 'mine' };
	if (own.cutOff) return { level: 'poor', reason: 'silent', side: 'server' };
	if (own.server.level === 2) return { level: 'poor', reason: 'delay', side: 'server' };
	// The best call shows what this side can do.
	if (calls.length === 0) return null;
	// One call that is flawless shows what this side can do.
	const levels = calls.map(({ marks }) => worst([marks.sending, marks.receiving, marks.delay]).level);
	const flawless = own.server.level === 0 && levels.includes(0);
	return { level: flawless ? 'excellent' : 'good' };
}
