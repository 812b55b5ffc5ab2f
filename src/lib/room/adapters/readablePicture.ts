import { PICTURE_TYPES } from '../../shared/board.ts';
import { BOARD_FILE_MAX_BYTES } from '../../shared/boardLimits.ts';

/** A picture as the board takes it, and its size in pixels. */
export interface ReadablePicture {
	file: File;
	width: number;
	height: number;
}

/** Pixels that every browser draws without trouble: Safari on phones ends at 16.7 million. */
const MOST_PIXELS = 16_000_000;
/** Longest side of what has to be made smaller, pixels: a page of handwriting stays legible. */
const SIDE = 2_560;
/** Of what was made smaller and is still too large: by so much each time. */
const SMALLER = 0.7;
/** Of JPEG and WebP, 0 to 1. */
const QUALITY = 0.88;

const WORDS = {
	empty: (name: string) => `“${name}” is empty.`,
	strange: (name: string) => `“${name}” is no picture that this browser can show.`,
	tooLarge: (name: string) => `“${name}” is too large to be shown here.`
};

const TAKEN: ReadonlySet<string> = new Set(PICTURE_TYPES);

/**
 * A file that somebody gives the board, as a picture that everybody can see: as it is, or drawn anew where it is too large
 * (a photo of a phone) or of a kind that not every browser shows (SVG). Browser only.
 * @throws Error whose message is a sentence for people
 */
export async function readablePicture(given: File): Promise<ReadablePicture> {
	const { name, size } = given;
	if (size === 0) throw new Error(WORDS.empty(name));
	const url = URL.createObjectURL(given);
	try {
		const image = new Image();
		image.src = url;
		await image.decode().catch(() => {
			throw new Error(WORDS.strange(name));
		});
		const { width, height } = sizeOf(image);
		const isTaken = TAKEN.has(given.type) && size <= BOARD_FILE_MAX_BYTES && width * height <= MOST_PIXELS;
		if (isTaken) return { file: given, width, height };
		return await drawnAnew(image, { name, width, height });
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** A drawing of lines may have no size of its own. */
function sizeOf({ naturalWidth, naturalHeight }: HTMLImageElement): { width: number; height: number } {
	return { width: naturalWidth || 600, height: naturalHeight || 400 };
}

async function drawnAnew(
	image: HTMLImageElement,
	{ name, width, height }: { name: string; width: number; height: number }
): Promise<ReadablePicture> {
	let scale = Math.min(1, SIDE / Math.max(width, height));
	for (;;) {
		const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
		const blob = await draw(image, across, down);
		if (!blob) throw new Error(WORDS.tooLarge(name));
		if (blob.size <= BOARD_FILE_MAX_BYTES)
			return { file: new File([blob], name, { type: blob.type }), width: across, height: down };
		scale *= SMALLER;
	}
}

/** Null where the browser cannot. One that cannot write WebP writes PNG instead, which is as good here. */
function draw(image: HTMLImageElement, width: number, height: number): Promise<Blob | null> {
	const canvas = Object.assign(document.createElement('canvas'), { width, height });
	const context = canvas.getContext('2d');
	if (!context) return Promise.resolve(null);
	context.imageSmoothingQuality = 'high';
	try {
		context.drawImage(image, 0, 0, width, height);
	} catch {
		return Promise.resolve(null);
	}
	return new Promise((done) => canvas.toBlob(done, 'image/webp', QUALITY));
}
