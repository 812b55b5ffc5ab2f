/**
 * How large a page shows somebody's picture, by its height: not at all (the page is hidden), as a thumbnail, as one of a
 * few, or as what everything is about. So the others know how much is worth sending.
 */
export const PICTURE_SIZES = ['hidden', 'thumb', 'medium', 'large'] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

/** By user id. Who is not in it has not been measured yet. */
export type PictureSizes = Readonly<Record<string, PictureSize>>;

/** More people than a room can hold. */
export const PICTURE_SIZES_MAX = 16;

export function sameSizes(a: PictureSizes, b: PictureSizes): boolean {
	const names = Object.keys(a);
	return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
