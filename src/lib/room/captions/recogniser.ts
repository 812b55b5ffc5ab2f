import type { Stop } from '../ports.ts';

/** Why a recogniser stopped by itself. `pause`: it does that now and then; `unreachable`: its service was. */
export type SpeechEnd = 'pause' | 'unreachable' | 'denied' | 'failed';

/** Turns what is said into this page's microphone into text. One adapter (the browser's), one fake. */
export interface SpeechRecogniser {
	/**
	 * Listens until it is stopped or ends by itself, which it says once. `onText` has the current utterance as it is
	 * understood so far; after a final one the next begins.
	 */
	listen(handlers: { onText: (text: string, final: boolean) => void; onEnd: (end: SpeechEnd) => void }): Stop;
}
