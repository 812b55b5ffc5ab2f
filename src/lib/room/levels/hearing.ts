import { LOUD } from './speaking.ts';

/** After so much silence something is wrong, or nobody speaks, ms. */
export const PATIENCE = 5_000;

/** What the level meter says in words about one microphone. */
export type Hearing =
	/** The browser does not let the page measure before somebody has touched it. */
	{ name: 'blocked' } | { name: 'listening'; since: number } | { name: 'heard' } | { name: 'nothing' };

/** The next state; null is a microphone that was just turned on. Heard once is heard: people do not speak all the time. */
export function foldHearing(before: Hearing | null, level: number | null, at: number): Hearing {
	if (before?.name === 'heard') return before;
	if (level === null) return before?.name === 'nothing' ? before : { name: 'blocked' };
	if (level >= LOUD) return { name: 'heard' };
	if (before?.name === 'nothing') return before;
	if (before?.name !== 'listening') return { name: 'listening', since: at };
	// Also when the clock was set back.
	return Math.abs(at - before.since) >= PATIENCE ? { name: 'nothing' } : before;
}

/** Where a bar for this level ends, 0 to 1: even steps for the ear, from −60 dB to −10 dB. */
export function barOf(level: number | null): number {
	if (level === null || level <= 0) return 0;
	return Math.min(1, Math.max(0, (20 * Math.log10(level) + 60) / 50));
}
