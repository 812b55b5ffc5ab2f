import { isStarved } from './qualityVerdict.ts';
import type { Figures } from './qualityFigures.ts';
import type { VideoLimit } from './sendLimits.ts';

/** One step of what is sent. */
export interface Rung {
	/** Null: sound only. */
	limit: VideoLimit | null;
	/** Bits per second for everything below which this is too much for the line. */
	floor: number;
}

/** Steps for a face: first size and rate, at last the picture itself. */
const FACE: readonly Rung[] = [
	{ limit: { maxBitrate: 500_000, maxWidth: 640, maxFramerate: 24 }, floor: 220_000 },
	{ limit: { maxBitrate: 250_000, maxWidth: 480, maxFramerate: 15 }, floor: 150_000 },
	{ limit: { maxBitrate: 120_000, maxWidth: 320, maxFramerate: 10 }, floor: 100_000 }
];
/** For a screen, whose text has to stay readable: pictures per second go first. */
const SCREEN: readonly Rung[] = [
	{ limit: { maxBitrate: 700_000, maxWidth: 1_280, maxFramerate: 5 }, floor: 250_000 },
	{ limit: { maxBitrate: 300_000, maxWidth: 1_280, maxFramerate: 2 }, floor: 150_000 },
	{ limit: { maxBitrate: 120_000, maxWidth: 960, maxFramerate: 1 }, floor: 100_000 }
];
const SOUND_ONLY: Rung = { limit: null, floor: 0 };

/** The steps below `bound`, which comes first; sound only comes last. */
export function rungsOf(bound: VideoLimit, sharing: boolean): readonly Rung[] {
	const below = (sharing ? SCREEN : FACE).flatMap(({ limit, floor }) =>
		limit && limit.maxBitrate <= bound.maxBitrate * 0.6 ? [{ limit: within(limit, bound), floor }] : []
	);
	const least = Math.min(100_000, bound.maxBitrate * 0.8);
	return [{ limit: bound, floor: Math.max(least, bound.maxBitrate * 0.4) }, ...below, SOUND_ONLY];
}

function within(limit: VideoLimit, bound: VideoLimit): VideoLimit {
	return {
		maxBitrate: Math.min(limit.maxBitrate, bound.maxBitrate),
		maxWidth: Math.min(limit.maxWidth, bound.maxWidth),
		maxFramerate: Math.min(limit.maxFramerate, bound.maxFramerate)
	};
}

/** How the line takes what is sent. `some`: it holds, but more would be too much. */
export type Strain = 'none' | 'some' | 'bad';

/** Queues this long mean that more is sent than goes through, ms. */
const QUEUE = 250;

/** Only what says something about the way out counts: the other way has a ladder of its own, on the other page. */
export function strainOf(figures: Figures, rung: Rung): Strain {
	const { lossOut, roundTrip, shortestTrip, limitation } = figures;
	const loss = lossOut ?? 0;
	const limited = rung.limit !== null && limitation === 'bandwidth';
	if (loss >= 0.1 || (rung.limit !== null && isStarved(figures, rung.floor))) return 'bad';
	const queue = roundTrip === null || shortestTrip === null ? 0 : roundTrip - shortestTrip;
	if (limited && queue >= 2 * QUEUE) return 'bad';
	return limited || loss >= 0.04 || queue >= QUEUE ? 'some' : 'none';
}

/** Where somebody stands on the ladder. Instants in ms. */
export interface Ladder {
	/** Index into the rungs. */
	step: number;
	/** What lasts since when. */
	strain: Strain;
	since: number;
	/** The last move; `held` once a step up has lasted. */
	moved: { way: 'up' | 'down'; at: number; held: boolean } | null;
	/** Steps up that had to be taken back, less those that held: each doubles the wait before the next. */
	failures: number;
	startedAt: number;
}

/** A new line gets its bearings first, ms. */
const START = 10_000;
const DOWN_AT_START = 4_000;
const DOWN_AFTER = 1_500;
/** When the step down before was not enough, ms: sound must not wait. */
const DOWN_AGAIN = 500;
const UP_AFTER = 8_000;
const UP_AFTER_MOST = 64_000;
/** When the step up before held, ms. */
export const UP_AGAIN = 4_000;
/** A step up that lasts this long held, ms. */
const TRIAL = 10_000;
/** Looks further apart say nothing about the time between, ms. */
const GAP = 3_000;

export function startLadder(at: number): Ladder {
	return { step: 0, strain: 'none', since: at, moved: null, failures: 0, startedAt: at };
}

/**
 * The same line under another bound, as when somebody shows the picture larger. What the line could not carry is not tried
 * by the way: the step is the highest one that needs no more than the one before. What it carried well counts as well for
 * more, on trial like a new line.
 */
export function rebased(ladder: Ladder, before: readonly Rung[], after: readonly Rung[], at: number): Ladder {
	const last = after.length - 1;
	const rung = before[Math.min(ladder.step, before.length - 1)];
	const bits = rung?.limit?.maxBitrate ?? 0;
	const fitting = after.findIndex(({ limit }) => limit !== null && limit.maxBitrate <= bits);
	// Only who had no picture at all goes on without one.
	const lower = rung?.limit === null ? last : fitting < 0 ? last - 1 : fitting;
	const step = ladder.step === 0 ? 0 : lower;
	return { ...ladder, step, strain: 'none', since: at, moved: null, startedAt: at };
}

/** How long it has to be easy before the next step up, ms. */
export function upAfter({ failures, moved }: Ladder): number {
	if (failures === 0 && moved?.way === 'up') return UP_AGAIN;
	return Math.min(UP_AFTER * 2 ** failures, UP_AFTER_MOST);
}

/** One look further: down quickly, up slowly and on trial. `last`: the highest step there is. */
export function climb(
	before: Ladder,
	look: { at: number; before: number; strain: Strain; last: number }
): Ladder {
	const { at, strain, last } = look;
	const gap = at - look.before > GAP || at < look.before;
	const since = strain === before.strain && !gap ? before.since : at;
	const ladder = settled({ ...before, step: Math.min(before.step, last), strain, since }, at);
	const lasts = at - since;
	if (strain === 'bad' && ladder.step < last && lasts >= downAfter(ladder, at)) {
		const failed = ladder.moved?.way === 'up' && !ladder.moved.held;
		return {
			...ladder,
			step: ladder.step + 1,
			since: at,
			moved: { way: 'down', at, held: false },
			failures: ladder.failures + (failed ? 1 : 0)
		};
	}
	if (strain === 'none' && ladder.step > 0 && lasts >= upAfter(ladder))
		return { ...ladder, step: ladder.step - 1, since: at, moved: { way: 'up', at, held: false } };
	return ladder;
}

function downAfter({ moved, startedAt }: Ladder, at: number): number {
	if (moved?.way === 'down' && at - moved.at <= 2 * DOWN_AGAIN) return DOWN_AGAIN;
	return at - startedAt < START && !moved ? DOWN_AT_START : DOWN_AFTER;
}

/** A step up that held makes up for one that did not; once for each. */
function settled(ladder: Ladder, at: number): Ladder {
	const { moved, failures } = ladder;
	if (moved?.way !== 'up' || moved.held || at - moved.at < TRIAL) return ladder;
	return { ...ladder, failures: Math.max(0, failures - 1), moved: { ...moved, held: true } };
}
