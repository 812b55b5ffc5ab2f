import { GRADES, type Grade, type QualityReason } from '../shared/lineReport.ts';
import type { Figures } from './qualityFigures.ts';

/** A judgement: 0 is excellent, 1 good, 2 poor. `reason` is null only at 0. */
export interface Mark {
	level: 0 | 1 | 2;
	reason: QualityReason | null;
}

/** One call, judged by the way its packets go. `delay` belongs to both ways. */
export interface Marks {
	sending: Mark;
	receiving: Mark;
	delay: Mark;
}

export const FLAWLESS: Mark = { level: 0, reason: null };

/** What the figures alone do not tell. */
export interface Expectation {
	/** A moving picture is due from the other side: the camera is on, and neither paused nor replaced by a screen. */
	picture: boolean;
	/** What is sent to them: as it should be, smaller, hardly anything, or no picture at all. */
	sent: 'full' | 'less' | 'least' | 'paused';
	/** Bits per second below which what is sent now is not worth sending. */
	floor: number;
}

/** Worse figures never give a better mark (tested). */
export function marksOf(figures: Figures, expected: Expectation): Marks {
	const { lossIn, lossOut, jitter, concealed, freezes, pictureIn, roundTrip } = figures;
	return {
		sending: worst([sendingLimit(figures, expected), over(lossOut, 0.02, 0.05, 'loss'), computer(figures)]),
		receiving: worst([
			over(lossIn, 0.02, 0.05, 'loss'),
			over(concealed, 0.03, 0.1, 'jitter'),
			over(jitter, 40, 100, 'jitter'),
			over(freezes, 0.9, 1.7, 'picture'),
			expected.picture ? under(pictureIn.rate, 10, 5, 'picture') : FLAWLESS
		]),
		delay: over(roundTrip, 200, 400, 'delay')
	};
}

function sendingLimit(figures: Figures, { sent, floor }: Expectation): Mark {
	if (sent === 'paused' || sent === 'least') return { level: 2, reason: 'bandwidth' };
	if (isStarved(figures, floor)) return { level: 2, reason: 'bandwidth' };
	return sent === 'less' || figures.limitation === 'bandwidth' ? { level: 1, reason: 'bandwidth' } : FLAWLESS;
}

/**
 * The line carries less than `floor` (bits per second). What the browser believes to be available counts only where it
 * is used up: while little is sent it has no way to know better.
 */
export function isStarved({ available, bitsOut, limitation }: Figures, floor: number): boolean {
	if (available === null || available >= floor) return false;
	return limitation === 'bandwidth' || (bitsOut !== null && bitsOut >= 0.6 * available);
}

function computer({ limitation, pictureOut }: Figures): Mark {
	if (limitation !== 'cpu') return FLAWLESS;
	return { level: pictureOut.rate !== null && pictureOut.rate < 8 ? 2 : 1, reason: 'computer' };
}

function over(value: number | null, good: number, poor: number, reason: QualityReason): Mark {
	if (value === null || value < good) return FLAWLESS;
	return { level: value < poor ? 1 : 2, reason };
}

function under(value: number | null, good: number, poor: number, reason: QualityReason): Mark {
	if (value === null || value >= good) return FLAWLESS;
	return { level: value >= poor ? 1 : 2, reason };
}

/** The first of the worst ones. */
export function worst(marks: readonly Mark[]): Mark {
	return marks.reduce((a, b) => (b.level > a.level ? b : a), FLAWLESS);
}

export function gradeOf({ level }: Mark): Grade {
	return GRADES[level];
}

/** So long it has to be worse before that is said, and better before that is, ms. */
export const WORSE_AFTER = 1_500;
export const BETTER_AFTER = 5_000;

/** A mark that does not flicker. */
export interface Steady {
	mark: Mark;
	/** Since when looks say something else, which way, and the worst of what they said; null while they agree. */
	turning: { way: 'worse' | 'better' | 'other'; since: number; worst: Mark } | null;
}

/** The next state; `before` is null at the first look, whose mark holds at once. `at`: ms. */
export function steady(before: Steady | null, raw: Mark, at: number): Steady {
	if (!before) return { mark: raw, turning: null };
	const { mark } = before;
	const way = wayOf(mark, raw);
	if (way === null) return { mark, turning: null };
	const going = before.turning?.way === way && at >= before.turning.since ? before.turning : null;
	// Better holds for the worst of the whole time; worse and other for what is the case now.
	const turning = {
		way,
		since: going?.since ?? at,
		worst: way === 'better' && going ? worst([raw, going.worst]) : raw
	};
	const due = way === 'worse' ? WORSE_AFTER : BETTER_AFTER;
	return at - turning.since >= due ? { mark: turning.worst, turning: null } : { mark, turning };
}

function wayOf(mark: Mark, raw: Mark): 'worse' | 'better' | 'other' | null {
	if (raw.level !== mark.level) return raw.level > mark.level ? 'worse' : 'better';
	return raw.reason === mark.reason ? null : 'other';
}
