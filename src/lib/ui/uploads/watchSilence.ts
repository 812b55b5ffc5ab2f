/**
 * Nothing has moved for so long: what was there is gone, though nobody said so, ms. A server that puts away a whole file may
 * take a while.
 */
export const SILENT_MS = 60_000;

/** Calls `onSilence` once nothing was `heard` for `SILENT_MS`; until it is stopped. */
export function watchSilence(onSilence: () => void): { heard(): void; stop(): void } {
	let timer = setTimeout(onSilence, SILENT_MS);
	return {
		heard() {
			clearTimeout(timer);
			timer = setTimeout(onSilence, SILENT_MS);
		},
		stop: () => clearTimeout(timer)
	};
}
