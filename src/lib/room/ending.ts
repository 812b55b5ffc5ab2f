import type { Memory } from './memory.ts';
import type { Clock } from './ports.ts';

/** So long the mentor waits in the room for the server's answer, ms. */
const PATIENCE = 1_000;

/** Ends the session for everyone, however long the server is away and however often the page is loaded meanwhile. */
export interface Ending {
	/** Asked for, and not known to be carried out. */
	isPending(): boolean;
	/** Settles when the server has answered. Nobody has to wait for it in front of a camera: see `leave`. */
	ask(): Promise<void>;
	/** After a reload: what was asked for before it still holds. */
	resume(): void;
}

export function createEnding(deps: {
	clock: Clock;
	memory: Memory;
	/** Repeated until the server has answered. */
	request: () => Promise<void>;
	/** A page that goes away leaves the rest to the next one. */
	isClosed: () => boolean;
	/** Out of the room now; the rest follows when the server is back. */
	leave: () => void;
	onChange: () => void;
}): Ending {
	const { clock, memory, request, isClosed, leave, onChange } = deps;
	let pending = memory.isEnding();

	function set(next: boolean): void {
		pending = next;
		memory.rememberEnding(next);
		onChange();
	}

	async function ask(): Promise<void> {
		set(true);
		const stop = clock.after(PATIENCE, leave);
		await request();
		stop();
		if (!isClosed()) set(false);
	}

	return {
		isPending: () => pending,
		ask,
		resume() {
			if (pending) void ask();
		}
	};
}
