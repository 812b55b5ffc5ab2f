/** How many things somebody may do: `burst` at once, refilled at `perSecond`. */
export interface Rate {
	burst: number;
	perSecond: number;
}

/**
 * A token bucket. Call it for each thing done, with how many at once; false means it was too many, and then it took nothing. `now`
 * in ms.
 */
export function createAllowance(rate: Rate, now: () => number): (count?: number) => boolean {
	let left = rate.burst;
	let at = now();
	return (count = 1) => {
		const time = now();
		left = Math.min(rate.burst, left + (Math.max(0, time - at) / 1_000) * rate.perSecond);
		at = time;
		if (left < count) return false;
		left -= count;
		return true;
	};
}
