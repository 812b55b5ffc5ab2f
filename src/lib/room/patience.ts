import { hasRelay, isHopeless, isReached } from './firstMedia.ts';
import type { Lines } from './lines.ts';
import {
	answerPatience,
	BESIDE_PATIENCE,
	callPatience,
	PAIR_PATIENCE,
	REACHED_PATIENCE,
	relayPatience
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
	/** Whether calls may go over a TURN server. */
	hasTurn: () => boolean;
	/** No answer came: the connection to the PeerServer may only look open. */
	reconnect: () => void;
}): Patience {
	const { lines, giveUp, hasTurn, reconnect } = deps;

	/** A call that looks, some time after it was answered, as if it could never connect. */
	function giveUpIf(callId: number, ms: number, isLost: (report: RTCStatsReport) => boolean): void {
		lines.after(callId, ms, () => {
			const line = lines.get(callId);
			if (!line?.call.isAnswered()) return;
			line.call.stats().then(
				(report) => {
					if (lines.get(callId) === line && isLost(report)) giveUp(callId);
				},
				() => undefined
			);
		});
	}

	/** Somebody who was reached before should be so soon, or the call is not made as it has to be now. */
	function expectWay(callId: number, attempt: number): void {
		// Made in a network that is gone, or while the TURN server was away.
		giveUpIf(callId, PAIR_PATIENCE, isHopeless);
		giveUpIf(
			callId,
			relayPatience(attempt),
			(report) => hasTurn() && !hasRelay(report) && !isReached(report)
		);
		lines.after(callId, answerPatience(attempt), () => {
			if (lines.get(callId)?.call.isAnswered()) return;
			giveUp(callId);
			reconnect();
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
			if (again) expectWay(callId, attempt);
		},
		withBeside(callId, attempt) {
			expectMedia(callId, BESIDE_PATIENCE);
			expectWay(callId, attempt);
		}
	};
}
