import type { StoredElement } from '../../shared/board.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import type { Stop } from '../ports.ts';
import type { BoardLink } from './boardLink.ts';

/** Reads the board, and from the beginning again when the server was restored from a backup. */
export interface BoardReader {
	/** Everything that the server had is here. */
	isLoaded(): boolean;
	/** The server was restored: what it holds now is being read. */
	isDoubtful(): boolean;
	stop(): void;
}

export function followBoard(deps: {
	link: BoardLink;
	onBatch: (elements: StoredElement[]) => void;
	/** What was read so far may be missing on the server. */
	onRestored: () => void;
	/** `isLoaded` or `isDoubtful` changed. */
	onChange: () => void;
	onRefused: (message: string) => void;
}): BoardReader {
	const { link, onBatch, onRestored, onChange, onRefused } = deps;
	let loaded = false;
	let doubtful = false;
	let stopped = false;
	let stopReading: Stop = () => undefined;

	function read(): void {
		stopReading = link.follow(
			0,
			(batch) => {
				if (stopped) return;
				onBatch(batch);
				if (batch.length > 0 || (loaded && !doubtful)) return;
				// Everything from before has come.
				loaded = true;
				doubtful = false;
				onChange();
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
		}
	};
}
