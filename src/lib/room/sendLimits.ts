/** How much one video sender may use. */
export interface VideoLimit {
	/** Bits per second. */
	maxBitrate: number;
	/** Pictures wider than this are scaled down, px. */
	maxWidth: number;
	/** Pictures per second. */
	maxFramerate: number;
}

/**
 * What each person sends to each other one, by the number of people in the room (spec C2). In a mesh everybody
 * encodes once per partner, so four people at 1:1 quality would need more than two cores.
 * A shared screen keeps its width, because text must stay readable, and gives up pictures per second instead.
 */
export function videoLimit(people: number, sharing: boolean): VideoLimit {
	if (sharing) {
		if (people <= 2) return { maxBitrate: 2_500_000, maxWidth: 1920, maxFramerate: 15 };
		if (people === 3) return { maxBitrate: 1_200_000, maxWidth: 1600, maxFramerate: 8 };
		return { maxBitrate: 800_000, maxWidth: 1280, maxFramerate: 5 };
	}
	if (people <= 2) return { maxBitrate: 1_500_000, maxWidth: 1280, maxFramerate: 30 };
	if (people === 3) return { maxBitrate: 500_000, maxWidth: 640, maxFramerate: 24 };
	return { maxBitrate: 300_000, maxWidth: 480, maxFramerate: 15 };
}
