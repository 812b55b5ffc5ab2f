import type { RoomEvent } from '../shared/roomEvents.ts';
import { isPassing, linkFailure } from './failures.ts';
import { foldOutbox, nextLetter, type Outbox, type OutboxEvent } from './outbox.ts';
import type { Clock, ServerLink } from './ports.ts';
import { requestRetry } from './retryPolicy.ts';

/** Sends what is in the outbox, in order, until each message is stored or refused. */
export interface OutboxSender {
	outbox(): Outbox;
	say(text: string, at: number): void;
	retry(clientId: string): void;
	/** Seen in the log. */
	stored(clientId: string): void;
	/** The socket is there (again). */
	wake(): void;
	stop(): void;
}

export function createOutboxSender(deps: {
	link: ServerLink;
	clock: Clock;
	randomId: () => string;
	first: Outbox;
	isLive: () => boolean;
	onStored: (event: RoomEvent) => void;
	onChange: (outbox: Outbox) => void;
}): OutboxSender {
	const { link, clock, randomId, isLive, onStored, onChange } = deps;
	let outbox = deps.first;
	let attempt = 0;
	let stopped = false;
	/** Messages whose id is taken by something else need another one. */
	const conflicts = new Set<string>();

	function fold(event: OutboxEvent): void {
		const next = foldOutbox(outbox, event);
		if (next === outbox) return;
		outbox = next;
		onChange(outbox);
	}

	function pump(): void {
		const letter = nextLetter(outbox);
		if (!letter || stopped || !isLive()) return;
		const { clientId, text } = letter;
		fold({ type: 'sending', clientId });
		link.say(clientId, text).then(
			(event) => {
				attempt = 0;
				fold({ type: 'stored', clientId });
				onStored(event);
				pump();
			},
			(error: unknown) => {
				const failure = linkFailure(error);
				if (failure.kind === 'refused' && !isPassing(failure)) {
					if (failure.reason === 'id-conflict') conflicts.add(clientId);
					fold({ type: 'refused', clientId, error: failure.message });
					pump();
					return;
				}
				fold({ type: 'lost', clientId });
				clock.after(requestRetry(attempt), pump);
				attempt += 1;
			}
		);
	}

	return {
		outbox: () => outbox,
		say(text, at) {
			fold({ type: 'said', clientId: randomId(), text, at });
			pump();
		},
		retry(clientId) {
			fold({ type: 'retry', clientId, newId: conflicts.delete(clientId) ? randomId() : null });
			pump();
		},
		stored(clientId) {
			fold({ type: 'stored', clientId });
			pump();
		},
		wake() {
			attempt = 0;
			pump();
		},
		stop() {
			stopped = true;
		}
	};
}
