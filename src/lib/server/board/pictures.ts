import type { PictureType } from '../../shared/board.ts';

/** What a file is by its content. Pixels; left out where the looked-at part does not say. */
export interface Picture {
	type: PictureType;
	width?: number;
	height?: number;
}

/** Bytes of a file that have to be looked at: a JPEG may have a preview of 64 KB, and more, before it tells its size. */
export const PICTURE_HEAD_BYTES = 256 * 1024;

/** What the first bytes of a file say; null for anything but PNG, JPEG, WebP and GIF. */
export function readPicture(head: Uint8Array): Picture | null {
	const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
	const says = (at: number, text: string) =>
		head.length >= at + text.length && [...text].every((letter, i) => head[at + i] === letter.charCodeAt(0));
	if (says(0, '\x89PNG\r\n\x1a\n')) return withSize('image/png', says(12, 'IHDR') ? pngSize(view) : null);
	if (says(0, 'GIF87a') || says(0, 'GIF89a')) return withSize('image/gif', gifSize(view));
	if (says(0, 'RIFF') && says(8, 'WEBP')) {
		if (says(12, 'VP8X')) return withSize('image/webp', extendedWebpSize(view));
		if (says(12, 'VP8L')) return withSize('image/webp', losslessWebpSize(view));
		return withSize('image/webp', says(12, 'VP8 ') ? lossyWebpSize(view) : null);
	}
	if (says(0, '\xff\xd8\xff')) return withSize('image/jpeg', jpegSize(view));
	return null;
}

type Size = [number, number] | null;

function withSize(type: PictureType, size: Size): Picture {
	if (!size || size[0] < 1 || size[1] < 1) return { type };
	return { type, width: size[0], height: size[1] };
}

function pngSize(view: DataView): Size {
	return view.byteLength < 24 ? null : [view.getUint32(16), view.getUint32(20)];
}

function gifSize(view: DataView): Size {
	return view.byteLength < 10 ? null : [view.getUint16(6, true), view.getUint16(8, true)];
}

function extendedWebpSize(view: DataView): Size {
	if (view.byteLength < 30) return null;
	const uint24 = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
	return [uint24(24) + 1, uint24(27) + 1];
}

function losslessWebpSize(view: DataView): Size {
	if (view.byteLength < 25) return null;
	const bits = view.getUint32(21, true);
	return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

function lossyWebpSize(view: DataView): Size {
	if (view.byteLength < 30) return null;
	return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
}

/** Goes from segment to segment until one that starts a frame. */
function jpegSize(view: DataView): Size {
	let at = 2;
	while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
		const marker = view.getUint8(at + 1);
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (startsFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
		at += 2 + view.getUint16(at + 2);
	}
	return null;
}
