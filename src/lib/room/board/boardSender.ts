import { jsonBytes, type BoardElement, type BoardStanding } from '../../shared/board.ts';
import { BOARD_FRAME_MAX_BYTES, BOARD_PUT_MAX_ELEMENTS } from '../../shared/boardLimits.ts';
import type { RefusalReason } from '../../shared/refusals.ts';
import { isPassing, linkFailure } from '../failures.ts';
import type { Clock, Stop } from '../ports.ts';
import { requestRetry } from '../retryPolicy.ts';
import type { Unsaved } from './boardElements.ts';
import type { BoardLink } from './boardLink.ts';

/** Room for what tRPC writes around the elements. */
const WRAPPING_BYTES = 1_000;
/** How often it is tried again where the server says no to everything for now, ms. */
export const HELD_RETRY = 5_000;

/** Refusals that are about the moment, not about what was drawn: it waits. */
export const WAITS: ReadonlySet<RefusalReason> = new Set([
	...(['board-locked', 'not-live', 'session-over', 'no-seat', 'seat-taken', 'removed'] as const),
	...(['signed-out', 'bad-csrf', 'session-cancelled', 'not-found', 'no-space'] as const)
]);

/** Delivers what is unsaved, in batches, until the server has each or refuses it. */
export interface BoardSender {
	/** Something may have to be sent, or can be sent now. */
	wake(): void;
	/** Why nothing goes out although the connection is there; null while it does. */
	heldBecause(): RefusalReason | null;
	stop(): void;
}

export function createBoardSender(deps: {
	link: BoardLink;
	clock: Clock;
	unsaved: () => ReadonlyMap<string, Unsaved>;
	/** Whether this may not go out yet, because something it names has to be there first. */
	isTooEarly: (element: BoardElement) => boolean;
	/** Connected, and nothing has to be waited for. */
	isReady: () => boolean;
	onStanding: (sent: BoardElement[], standings: BoardStanding[]) => void;
	onRefused: (element: BoardElement, message: string) => void;
	onChange: () => void;
}): BoardSender {
	const { link, clock, unsaved, isTooEarly, isReady, onStanding, onRefused, onChange } = deps;
	let busy = false;
	let stopped = false;
	let attempt = 0;
	let held: RefusalReason | null = null;
	let stopWaiting: Stop = () => undefined;
	/** How many of the next go out one by one, to find the one that is refused. */
	let single = 0;

	function pump(): void {
		if (busy || stopped || !isReady()) return;
		const waiting = [...unsaved().values()].filter(({ element }) => !isTooEarly(element));
		const batch = nextBatch(waiting, single > 0 ? 1 : BOARD_PUT_MAX_ELEMENTS);
		if (batch.length === 0) return;
		busy = true;
		stopWaiting();
		link.put(batch).then(
			(standings) => {
				attempt = 0;
				held = null;
				single = Math.max(0, single - 1);
				onStanding(batch, standings);
				goOn();
			},
			(error: unknown) => failed(batch, error)
		);
	}

	function failed(batch: BoardElement[], error: unknown): void {
		const failure = linkFailure(error);
		if (isPassing(failure)) return pause(requestRetry(attempt++));
		if (failure.kind === 'refused' && WAITS.has(failure.reason)) {
			held = failure.reason;
			return pause(HELD_RETRY);
		}
		if (batch.length > 1) single = batch.length;
		else {
			single = Math.max(0, single - 1);
			onRefused(batch[0]!, failure.kind === 'refused' ? failure.message : '');
		}
		goOn();
	}

	function goOn(): void {
		busy = false;
		onChange();
		pump();
	}

	function pause(ms: number): void {
		busy = false;
		stopWaiting = clock.after(ms, pump);
		onChange();
	}

	return {
		wake() {
			if (held === null && attempt === 0) return pump();
			attempt = 0;
			pump();
		},
		heldBecause: () => held,
		stop() {
			stopped = true;
			stopWaiting();
		}
	};
}

/** As many as fit into one message, oldest first; at least one. */
function nextBatch(unsaved: Iterable<Unsaved>, most: number): BoardElement[] {
	const batch: BoardElement[] = [];
	let bytes = WRAPPING_BYTES;
	for (const { element, beaten } of unsaved) {
		if (beaten) continue;
		bytes += jsonBytes(element) + 1;
		if (batch.length > 0 && (bytes > BOARD_FRAME_MAX_BYTES || batch.length === most)) break;
		batch.push(element);
	}
	return batch;
}
