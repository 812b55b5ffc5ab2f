/** A pause that can be cut short. */
export interface Pause {
	/** How long the next `wait` takes, ms. */
	set(ms: number): void;
	/** Resolves after the time that was set, once: a further wait takes no time until it is set again. */
	wait(): Promise<void>;
	/** Ends a wait that runs, and the next one if none does. */
	skip(): void;
}

export function createPause(): Pause {
	let ms = 0;
	let skipped = false;
	let end: (() => void) | null = null;
	return {
		set(next) {
			ms = next;
		},
		wait() {
			const time = skipped ? 0 : ms;
			ms = 0;
			skipped = false;
			if (time === 0) return Promise.resolve();
			return new Promise((resolve) => {
				const timer = setTimeout(done, time);
				function done(): void {
					clearTimeout(timer);
					end = null;
					resolve();
				}
				end = done;
			});
		},
		skip() {
			if (end) end();
			else skipped = true;
		}
	};
}
