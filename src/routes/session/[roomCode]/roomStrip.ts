import type { Health } from '../../../lib/room/health.ts';

/** What is said in one strip across the room. */
export type RoomStrip =
	| { kind: 'offline' }
	| { kind: 'socket'; callGoesOn: boolean }
	/** One's own picture is not sent: the line is too weak for it. */
	| { kind: 'weak'; words: string };

/**
 * One strip at a time, so that the stage is moved once: without any network the weak line is no news. A lost server is said
 * by the header where that is wide enough, and by the strip where it is not. `weak`: what is said of a weak line, if it is.
 */
export function stripsOf(health: Health, weak: string | null): Record<'narrow' | 'wide', RoomStrip | null> {
	if (health.name === 'offline') return { narrow: { kind: 'offline' }, wide: { kind: 'offline' } };
	const line = weak === null ? null : ({ kind: 'weak', words: weak } as const);
	if (health.name !== 'socket') return { narrow: line, wide: line };
	return { narrow: { kind: 'socket', callGoesOn: health.works.call }, wide: line };
}
