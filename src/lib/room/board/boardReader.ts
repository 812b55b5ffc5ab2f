import type { StoredElement } from '../../shared/board.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import type { Clock, Stop } from '../ports.ts';
import type { BoardLink } from './boardLink.ts';

/** How long nothing has to come after a restored backup until this page believes that it has read all of it, ms. */
const QUIET = 2_000;

/** Reads the board, and from the beginning again when the server was restored from a backup. */
export interface BoardReader {
	/** Something came, or so much time went by that there is nothing. */
	isLoaded(): boolean;
	/** The server was restored: what it holds now is being read. */
	isDoubtful(): boolean;
	stop(): void;
}

export function followBoard(deps: {
	link: BoardLink;
	clock: Clock;
	onBatch: (elements: StoredElement[]) => void;
	/** What was read so far may be missing on the server. */
	onRestored: () => void;
	/** `isLoaded` or `isDoubtful` changed. */
	onChange: () => void;
	onRefused: (message: string) => void;
}): BoardReader {
	const { link, clock, onBatch, onRestored, onChange, onRefused } = deps;
	let loaded = false;
	let doubtful = false;
	let stopped = false;
	let stopReading: Stop = () => undefined;
	let stopWaiting: Stop = () => undefined;

	function believeSoon(): void {
		stopWaiting();
		stopWaiting = clock.after(QUIET, () => {
			loaded = true;
			doubtful = false;
			onChange();
		});
	}

	function read(): void {
		believeSoon();
		stopReading = link.follow(
			0,
			(batch) => {
				if (stopped) return;
				if (doubtful) believeSoon();
				else if (!loaded) {
					loaded = true;
					onChange();
				}
				onBatch(batch);
			},
			(reason) => {
				if (stopped) return;
				if (reason !== 'log-restored') return onRefused(REFUSALS[reason]);
				doubtful = true;
				onRestored();
				read();
			}
		);
	}

	read();
	return {
		isLoaded: () => loaded,
		isDoubtful: () => doubtful,
		stop() {
			stopped = true;
			stopReading();
			stopWaiting();
		}
	};
}
