import type { RefusalReason } from '../shared/refusals.ts';
import type { RoomEvent } from '../shared/roomEvents.ts';
import type { ServerLink, Stop } from './ports.ts';

/**
 * Reads the room log in order and each entry once. When the server's log is not the one that was read so far (a
 * backup was restored), it says so and reads from the beginning.
 */
export function readLog(deps: {
	link: ServerLink;
	onEvent: (event: RoomEvent) => void;
	/** What was read so far is void; the log that holds now follows. */
	onRestored: () => void;
	onRefused: (reason: RefusalReason) => void;
}): Stop {
	const { link, onEvent, onRestored, onRefused } = deps;
	let lastSeq = 0;
	let stopped = false;
	let stop: Stop = () => undefined;

	function read(): void {
		lastSeq = 0;
		stop = link.followLog(
			0,
			(event) => {
				if (stopped || event.seq <= lastSeq) return;
				lastSeq = event.seq;
				onEvent(event);
			},
			(reason) => {
				if (stopped) return;
				if (reason !== 'log-restored') return onRefused(reason);
				onRestored();
				read();
			}
		);
	}

	read();
	return () => {
		stopped = true;
		stop();
	};
}
