/** So many tries of one key within a time; afterwards the key has to wait until the first of them is that old. */
export interface Throttle {
	/** Counts one try; false when it is one too many, and then it does not count. */
	take(key: string): boolean;
	/** The newest try does not count after all: it was no guess. */
	giveBack(key: string): void;
	/** None of this key's tries counts any more. */
	forget(key: string): void;
}

/** `within` in ms. Kept in memory: a restart forgets, which gives away one more round and no secret. */
export function createThrottle(
	{ tries, within }: { tries: number; within: number },
	now: () => number
): Throttle {
	/** When each key tried, oldest first. The order of the map is that of the last try. */
	const known = new Map<string, number[]>();

	function forgetOld(): void {
		for (const [key, times] of known) {
			if (now() - times.at(-1)! < within) break;
			known.delete(key);
		}
	}

	return {
		take(key) {
			forgetOld();
			const times = (known.get(key) ?? []).filter((at) => now() - at < within);
			if (times.length >= tries) return false;
			known.delete(key);
			known.set(key, [...times, now()]);
			return true;
		},
		giveBack(key) {
			const times = known.get(key);
			times?.pop();
			if (times?.length === 0) known.delete(key);
		},
		forget: (key) => void known.delete(key)
	};
}
