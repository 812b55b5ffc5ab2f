/** Speech close to a microphone is above, breath and a quiet room below; root mean square, 0 to 1. */
export const LOUD = 0.0056; // −45 dB
/** Whoever speaks goes on speaking above this: words have quiet ends. */
export const SOFT = 0.0028; // −51 dB
/** So much loud time makes speech, ms: a click or a cough does not. */
const SPEECH = 150;
/** Of loud time no more than this is kept, ms. */
const KEPT = 300;
/** Pauses between words are shorter than this, ms. */
export const PAUSE = 800;
/** Looks further apart than this say nothing about the time between, ms. */
const GAP = 500;

/** Whether somebody speaks, from looks at how loud they are. */
export interface Speaking {
	speaking: boolean;
	/** Of the last look, ms. */
	at: number;
	/** Loud time gathered, ms; quiet time takes half of its length away. */
	loud: number;
	/** How long it has not been loud enough, ms. */
	quiet: number;
}

/** The next state; `before` is null at the first look. `level` as `LevelSource.level` gives it, `at` in ms. */
export function foldSpeaking(before: Speaking | null, level: number, at: number): Speaking {
	if (!before) return { speaking: false, at, loud: 0, quiet: 0 };
	// A clock that was set back has not run.
	const passed = Math.min(Math.max(0, at - before.at), GAP);
	const isLoud = level >= (before.speaking ? SOFT : LOUD);
	const loud = isLoud ? Math.min(KEPT, before.loud + passed) : Math.max(0, before.loud - passed / 2);
	const quiet = isLoud ? 0 : before.quiet + passed;
	const speaking = before.speaking ? quiet < PAUSE : isLoud && loud >= SPEECH;
	return { speaking, at, loud: before.speaking && !speaking ? 0 : loud, quiet };
}
