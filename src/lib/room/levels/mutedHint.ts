/** So much speech while muted is meant for the others, ms: a word to somebody in the room is not. */
const MEANT = 1_200;
/** How long the hint is shown, ms. */
export const SHOWN = 8_000;
/** Between two hints, ms: whoever stays muted on purpose is left alone. */
export const REST = 60_000;

/** When to tell somebody that they speak while muted. */
export interface MutedHint {
	/** Speech since the microphone was muted or since the last hint, ms. */
	spoken: number;
	/** Of the last look, ms. */
	at: number;
	/** When the hint was last begun, ms; null before. */
	shownAt: number | null;
	shown: boolean;
}

/** Before the first look no time has passed. */
export const NO_HINT: MutedHint = { spoken: 0, at: Infinity, shownAt: null, shown: false };

/** The next state. The hint goes at once when the microphone is on. `now.at` in ms. */
export function foldHint(
	before: MutedHint,
	now: { muted: boolean; speaking: boolean; at: number }
): MutedHint {
	const { muted, speaking, at } = now;
	if (!muted)
		return before.spoken === 0 && !before.shown
			? { ...before, at }
			: { ...NO_HINT, at, shownAt: before.shownAt };
	// No more than a look is apart counts, so that a slept-through hour is no speech.
	const passed = Math.min(Math.max(0, at - before.at), 500);
	const spoken = speaking ? before.spoken + passed : Math.max(0, before.spoken - passed / 4);
	// A clock that was set back ends both the hint and the rest.
	const since = before.shownAt === null ? Infinity : Math.abs(at - before.shownAt);
	if (before.shown) return { spoken: 0, at, shownAt: before.shownAt, shown: since < SHOWN };
	if (spoken < MEANT || since < REST) return { ...before, spoken: Math.min(spoken, MEANT), at };
	return { spoken: 0, at, shownAt: at, shown: true };
}
