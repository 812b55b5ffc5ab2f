import type { LiveElement } from '../../shared/board.ts';
import { indexAbove } from './indexAbove.ts';
import { hundredths, type Workshop } from './makeObject.ts';

/** A picture that this device has: its file's id and its own size in pixels. */
export interface KnownPicture {
	fileId: string;
	width: number;
	height: number;
}

/** Where pictures are put: around a point, within what one sees of the page. Units of the page. */
export interface PicturePlace {
	pageId: string;
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Of what one sees, so that something of the page stays in sight around them. */
const ACROSS = 0.8;
const DOWN = 0.6;
/** Between pictures that stand beside each other. */
const GAP = 24;

/** The elements of pictures that are put on a page together: in a row, none larger than it is by itself. */
export function makePictures(
	pictures: readonly KnownPicture[],
	place: PicturePlace,
	{ elements, randomId, nonce }: Omit<Workshop, 'measure'>
): LiveElement[] {
	const gaps = GAP * (pictures.length - 1);
	const room = { width: (place.width * ACROSS - gaps) / pictures.length, height: place.height * DOWN };
	const sizes = pictures.map(({ width, height }) => {
		const scale = Math.min(1, Math.max(1, room.width) / width, Math.max(1, room.height) / height);
		return { width: width * scale, height: height * scale };
	});
	const whole = sizes.reduce((sum, { width }) => sum + width, gaps);
	let left = place.x - whole / 2;
	let index = indexAbove(
		elements.flatMap((one) => (one.deleted || one.kind === 'page' ? [] : one.data.index))
	);
	return pictures.map(({ fileId }, at) => {
		const { width, height } = sizes[at]!;
		const data = {
			...{ x: hundredths(left), y: hundredths(place.y - height / 2) },
			...{ width: hundredths(width), height: hundredths(height) },
			...{ index, fileId, strokeColor: 'transparent', strokeWidth: 1 }
		};
		left += width + GAP;
		index = indexAbove([index]);
		const envelope = { id: randomId(), pageId: place.pageId, version: 1, nonce: nonce(), deleted: false };
		return { ...envelope, kind: 'image', data } as LiveElement;
	});
}
