import type { PassedMessage } from '../../shared/live.ts';

/** Messages that may wait for one reader. */
const WAITING_MAX = 32;

/** Reactions and captions of others, on their way to one reader. */
export interface Passing {
	add(message: PassedMessage): void;
	/** The oldest one, or null. */
	take(): PassedMessage | null;
	waiting(): number;
}

/** A queue that stays short: of one utterance only the newest text, and the oldest dropped when there is too much. */
export function createPassing(): Passing {
	const queue: PassedMessage[] = [];

	return {
		add(message) {
			const before =
				message.type === 'caption' ? queue.findIndex((one) => isSameUtterance(one, message)) : -1;
			if (before >= 0) queue[before] = message;
			else queue.push(message);
			if (queue.length > WAITING_MAX) queue.shift();
		},
		take: () => queue.shift() ?? null,
		waiting: () => queue.length
	};
}

function isSameUtterance(a: PassedMessage, b: PassedMessage & { type: 'caption' }): boolean {
	return a.type === 'caption' && a.fromSeatId === b.fromSeatId && a.caption.utterance === b.caption.utterance;
}
