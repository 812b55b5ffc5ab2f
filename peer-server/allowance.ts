/** How many things somebody may do: `burst` at once, refilled at `perSecond`. */
export interface Rate {
	burst: number;
	perSecond: number;
}

/** A token bucket. Call it for each thing done; false means it was one too many. `now` in ms. */
export function createAllowance(rate: Rate, now: () => number): () => boolean {
	let left = rate.burst;
	let at = now();
	return () => {
		const time = now();
		left = Math.min(rate.burst, left + (Math.max(0, time - at) / 1_000) * rate.perSecond);
		at = time;
		if (left < 1) return false;
		left -= 1;
		return true;
	};
}
