import { PICTURE_SIZES, sameSizes, type PictureSize, type PictureSizes } from '../shared/pictureSizes.ts';
import type { Clock, Stop } from './ports.ts';

/** Pictures higher than this are of the next size, in pixels of the screen. */
const LARGER_THAN: Record<Exclude<PictureSize, 'large'>, number> = { hidden: 0, thumb: 270, medium: 560 };
/** A window that is pulled back and forth over a border does not flicker: it has to be passed by this share of it. */
const MARGIN = 0.1;
/** The others are told at most this often, ms. */
const TELL_EVERY = 1_000;

/** The size of a picture of this height, px; `before` keeps it near a border. */
export function sizeOf(height: number, before: PictureSize | undefined): PictureSize {
	const plain = plainSize(height);
	if (before === undefined || before === plain || height <= 0) return plain;
	const grows = PICTURE_SIZES.indexOf(plain) > PICTURE_SIZES.indexOf(before);
	const reached = plainSize(height * (grows ? 1 - MARGIN : 1 + MARGIN));
	const passed = PICTURE_SIZES.indexOf(reached) - PICTURE_SIZES.indexOf(before);
	return (grows ? passed > 0 : passed < 0) ? reached : before;
}

function plainSize(height: number): PictureSize {
	return (['hidden', 'thumb', 'medium'] as const).find((size) => height <= LARGER_THAN[size]) ?? 'large';
}

/** How large this page shows the others, as they are told it. */
export interface ShownSizes {
	/** Heights as they are now, by user id, in pixels of the screen. */
	measured(heights: Readonly<Record<string, number>>): void;
	/** Changes at most once a second. */
	told(): PictureSizes;
	stop(): void;
}

export function createShownSizes(deps: { clock: Clock; onChange: () => void }): ShownSizes {
	const { clock, onChange } = deps;
	let sizes: PictureSizes = {};
	let told: PictureSizes = {};
	let toldAt = -Infinity;
	let waiting: Stop | null = null;

	function tell(): void {
		waiting = null;
		if (sameSizes(sizes, told)) return;
		told = sizes;
		toldAt = clock.now();
		onChange();
	}

	function stop(): void {
		waiting?.();
		waiting = null;
	}

	return {
		measured(heights) {
			const entries = Object.entries(heights);
			sizes = Object.fromEntries(entries.map(([userId, height]) => [userId, sizeOf(height, sizes[userId])]));
			const left = toldAt + TELL_EVERY - clock.now();
			// A clock that was set back must not hold it up.
			if (left <= 0 || left > TELL_EVERY) {
				stop();
				tell();
			} else waiting ??= clock.after(left, tell);
		},
		told: () => told,
		stop
	};
}
