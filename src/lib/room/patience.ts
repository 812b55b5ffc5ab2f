import { isHopeless, isReached } from './firstMedia.ts';
import type { Lines } from './lines.ts';
import {
	answerPatience,
	BESIDE_PATIENCE,
	callPatience,
	PAIR_PATIENCE,
	REACHED_PATIENCE
} from './retryPolicy.ts';

/** Gives up calls that take too long to be answered, to find a path, or to show something. */
export interface Patience {
	/** `again`: not the first call with this seat, so its answer should come soon. */
	withCall(callId: number, attempt: number, again: boolean): void;
	withBeside(callId: number, attempt: number): void;
}

export function createPatience(deps: {
	lines: Lines;
	giveUp: (callId: number) => void;
	/** No answer came: the connection to the PeerServer may only look open. */
	reconnect: () => void;
}): Patience {
	const { lines, giveUp, reconnect } = deps;

	function expectAnswer(callId: number, attempt: number): void {
		lines.after(callId, answerPatience(attempt), () => {
			if (lines.get(callId)?.call.isAnswered()) return;
			giveUp(callId);
			reconnect();
		});
	}

	/** Without a relay that is needed, or made in a network that is gone, a call can never connect. */
	function expectPair(callId: number): void {
		lines.after(callId, PAIR_PATIENCE, () => {
			const line = lines.get(callId);
			if (!line?.call.isAnswered()) return;
			line.call.stats().then(
				(report) => {
					if (lines.get(callId) === line && isHopeless(report)) giveUp(callId);
				},
				() => undefined
			);
		});
	}

	/** A call that shows nothing in time is made anew; one that is about to gets a little longer, once. */
	function expectMedia(callId: number, ms: number, mayTakeLonger = true): void {
		lines.after(callId, ms, () => {
			const line = lines.get(callId);
			if (!line || line.hasMedia) return;
			if (!mayTakeLonger) return giveUp(callId);
			const decide = (reached: boolean) => {
				if (reached) expectMedia(callId, REACHED_PATIENCE, false);
				else if (lines.get(callId) === line) giveUp(callId);
			};
			line.call.stats().then(
				(report) => decide(isReached(report)),
				() => decide(false)
			);
		});
	}

	return {
		withCall(callId, attempt, again) {
			expectMedia(callId, callPatience(attempt));
			if (again) expectAnswer(callId, attempt);
		},
		withBeside(callId, attempt) {
			expectMedia(callId, BESIDE_PATIENCE);
			expectPair(callId);
			expectAnswer(callId, attempt);
		}
	};
}
