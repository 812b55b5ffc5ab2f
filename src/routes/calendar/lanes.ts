/** Something that takes up a stretch of one day, in any unit. */
interface Taken {
	from: number;
	to: number;
}

/** Which of several columns it stands in, counted from where reading begins. */
export type InLane<T> = T & { lane: number; lanes: number };

/**
 * Puts what overlaps beside each other: each into the first column that is free, and all that hang together have as many
 * columns as they need at most at once.
 */
export function inLanes<T extends Taken>(items: readonly T[]): InLane<T>[] {
	const sorted = [...items].sort((a, b) => a.from - b.from || b.to - a.to);
	const placed: InLane<T>[] = [];
	/** Those that hang together, and where each of their columns is taken until. */
	let group: InLane<T>[] = [];
	let ends: number[] = [];

	function close(): void {
		for (const item of group) item.lanes = ends.length;
		placed.push(...group);
		group = [];
		ends = [];
	}

	for (const item of sorted) {
		if (ends.every((end) => end <= item.from)) close();
		const free = ends.findIndex((end) => end <= item.from);
		const lane = free === -1 ? ends.length : free;
		ends[lane] = item.to;
		group.push({ ...item, lane, lanes: 1 });
	}
	close();
	return placed;
}
