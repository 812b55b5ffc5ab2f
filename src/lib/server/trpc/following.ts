import type { Refusal } from '../../shared/refusals.ts';

/** One running subscription: it ends with its reader, with the connection, or when the right to it is lost. */
export interface Following {
	/** Aborts at its end. What is followed stops then. */
	readonly until: AbortSignal;
	/** Ends it, with this as its last word. */
	lose(refusal: Refusal): void;
	/** Runs when it is over, however it ends; at once where it is over already. */
	whenOver(run: () => void): void;
	/** Nothing is given after the end, not even what was under way. `mayGive`: asked before each message. */
	give(data: AsyncIterable<unknown>, mayGive: () => boolean): AsyncIterable<unknown>;
	/** It never began. */
	end(): void;
}

/** `signal`: of its reader. */
export function createFollowing(signal: AbortSignal | undefined): Following {
	const over = new AbortController();
	let lost: Refusal | null = null;
	const end = () => over.abort();
	if (signal?.aborted) end();
	else signal?.addEventListener('abort', end, { once: true });
	// Readers that stay outlive what they follow.
	over.signal.addEventListener('abort', () => signal?.removeEventListener('abort', end), { once: true });

	return {
		until: over.signal,
		lose(refusal) {
			lost ??= refusal;
			end();
		},
		whenOver(run) {
			if (over.signal.aborted) run();
			else over.signal.addEventListener('abort', run, { once: true });
		},
		async *give(data, mayGive) {
			try {
				for await (const each of data) {
					if (over.signal.aborted || !mayGive()) break;
					yield each;
				}
				if (lost) throw lost;
			} finally {
				end();
			}
		},
		end
	};
}
