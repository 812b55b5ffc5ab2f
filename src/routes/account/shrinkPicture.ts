/** Sides of what is sent, pixels: twice of what the largest place for a face shows. */
const SIDE = 512;
/** Of JPEG and WebP, 0 to 1. */
const QUALITY = 0.86;

/**
 * The middle square of a picture, small enough for everybody's pages, and without what a camera writes into its files: where
 * it was taken, for instance. @throws when the browser cannot read it as a picture
 */
export async function shrinkPicture(file: Blob): Promise<File> {
	const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
	const from = Math.min(picture.width, picture.height);
	const side = Math.min(SIDE, from);
	const canvas = document.createElement('canvas');
	canvas.width = side;
	canvas.height = side;
	const context = canvas.getContext('2d');
	if (!context || from === 0) throw new Error('canvas');
	context.imageSmoothingQuality = 'high';
	const [x, y] = [(picture.width - from) / 2, (picture.height - from) / 2];
	context.drawImage(picture, x, y, from, from, 0, 0, side, side);
	picture.close();
	// A browser that cannot write WebP writes PNG instead, which is as good here.
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', QUALITY));
	if (!blob) throw new Error('canvas');
	return new File([blob], 'picture', { type: blob.type });
}
