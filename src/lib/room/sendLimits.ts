import type { Participant } from '../shared/live.ts';
import type { PictureSize } from '../shared/pictureSizes.ts';

/** How much one video sender may use. */
export interface VideoLimit {
	/** Bits per second. */
	maxBitrate: number;
	/** Pictures wider than this are scaled down, px. */
	maxWidth: number;
	/** Pictures per second. */
	maxFramerate: number;
}

/** Enough to begin with when somebody looks again, and no more than sound needs. */
const HIDDEN: VideoLimit = { maxBitrate: 60_000, maxWidth: 160, maxFramerate: 12 };
const THUMB: VideoLimit = { maxBitrate: 150_000, maxWidth: 320, maxFramerate: 15 };
const HIDDEN_SCREEN: VideoLimit = { maxBitrate: 100_000, maxWidth: 640, maxFramerate: 1 };
const THUMB_SCREEN: VideoLimit = { maxBitrate: 250_000, maxWidth: 640, maxFramerate: 3 };

/**
 * What each person sends to each other one, by the number of people in the room and by how large that one shows it
 * (spec C2). In a mesh everybody encodes once per partner, so four people at 1:1 quality would need more than two cores: a
 * thumbnail gets little, and of what is shown large everybody gets more the fewer they are. A shared screen keeps its
 * width, because text must stay readable, and gives up pictures per second instead.
 *
 * @param size how large it is shown; before that is known, as the grid would
 * @param large how many of the others show it large
 */
export function videoLimit(
	people: number,
	sharing: boolean,
	size: PictureSize = people <= 2 ? 'large' : 'medium',
	large = 1
): VideoLimit {
	if (size === 'hidden') return sharing ? HIDDEN_SCREEN : HIDDEN;
	if (size === 'thumb') return sharing ? THUMB_SCREEN : THUMB;
	if (sharing) {
		if (people <= 2) return { maxBitrate: 2_500_000, maxWidth: 1920, maxFramerate: 15 };
		if (people === 3) return { maxBitrate: 1_200_000, maxWidth: 1600, maxFramerate: 8 };
		return { maxBitrate: 800_000, maxWidth: 1280, maxFramerate: 5 };
	}
	if (size === 'large') {
		if (people <= 2) return { maxBitrate: 1_500_000, maxWidth: 1280, maxFramerate: 30 };
		if (large <= 1) return { maxBitrate: 900_000, maxWidth: 960, maxFramerate: 24 };
		if (people === 3) return { maxBitrate: 600_000, maxWidth: 768, maxFramerate: 24 };
		return { maxBitrate: large === 2 ? 500_000 : 400_000, maxWidth: 640, maxFramerate: 15 };
	}
	if (people <= 2) return { maxBitrate: 700_000, maxWidth: 640, maxFramerate: 30 };
	if (people === 3) return { maxBitrate: 500_000, maxWidth: 640, maxFramerate: 24 };
	return { maxBitrate: 300_000, maxWidth: 480, maxFramerate: 15 };
}

/** What may be sent to each of the others. Undefined: nobody knows yet whose call it is. */
export function limitsByViewer(
	others: readonly Pick<Participant, 'userId' | 'shows'>[],
	myUserId: string | undefined,
	sharing: boolean
): (userId: string | undefined) => VideoLimit {
	const sizes = new Map(others.map(({ userId, shows }) => [userId, shows?.[myUserId ?? '']]));
	const large = [...sizes.values()].filter((size) => size === 'large').length;
	return (userId) =>
		videoLimit(others.length + 1, sharing, userId === undefined ? undefined : sizes.get(userId), large);
}

export function sameLimit(a: VideoLimit | null, b: VideoLimit | null): boolean {
	if (a === null || b === null) return a === b;
	return a.maxBitrate === b.maxBitrate && a.maxWidth === b.maxWidth && a.maxFramerate === b.maxFramerate;
}
