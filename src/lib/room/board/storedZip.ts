/** A file in an archive. */
export interface ZipEntry {
	/** Unicode; unique in the archive. Folders are parted by `/`. */
	name: string;
	bytes: Uint8Array<ArrayBuffer>;
}

/** The same whose content may be anywhere: it is not looked at. */
export interface ZipContent<Content> {
	name: string;
	content: Content;
	/** Bytes. */
	size: number;
	/** As `crc32` gives it. */
	crc: number;
}

/** Of an archive with everything in it, bytes: what the format can count. */
export const ZIP_MAX_BYTES = 0xffffffff;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Of the format's first version that has all that is used here. */
const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** 1 January 1980, when the format's time begins: the same files make the same archive. */
const DATE = 0x21;

/**
 * A ZIP archive that holds the files as they are: pictures are compressed already.
 * At most 65,535 files and 4 GB.
 */
export function storedZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer>[] {
	return zipOf(
		entries.map(({ name, bytes }) => ({ name, content: bytes, size: bytes.length, crc: crc32(bytes) }))
	);
}

/** The parts of such an archive in their order, the files' contents among them. */
export function zipOf<Content>(
	entries: readonly ZipContent<Content>[]
): (Uint8Array<ArrayBuffer> | Content)[] {
	const parts: (Uint8Array<ArrayBuffer> | Content)[] = [];
	const directory: Uint8Array<ArrayBuffer>[] = [];
	let at = 0;
	for (const { name, content, size, crc } of entries) {
		const title = new TextEncoder().encode(name);
		// What a file's own head and its line in the directory have in common.
		const common = [
			...[u16(VERSION), u16(UTF8), u16(0), u16(0), u16(DATE), u32(crc)],
			...[u32(size), u32(size), u16(title.length), u16(0)]
		].flat();
		directory.push(
			Uint8Array.from([
				...[...u32(CENTRAL), ...u16(VERSION), ...common],
				...[...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(at)]
			]),
			title
		);
		const head = Uint8Array.from([...u32(LOCAL), ...common]);
		parts.push(head, title, content);
		at += head.length + title.length + size;
	}
	const size = directory.reduce((sum, { length }) => sum + length, 0);
	const count = u16(entries.length);
	const end = [
		...[...u32(END), ...u16(0), ...u16(0), ...count],
		...[...count, ...u32(size), ...u32(at), ...u16(0)]
	];
	return [...parts, ...directory, Uint8Array.from(end)];
}

function u16(value: number): number[] {
	return [value & 255, (value >>> 8) & 255];
}

function u32(value: number): number[] {
	return [...u16(value), ...u16(value >>> 16)];
}

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
	let value = start;
	for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value;
});

/** The checksum of ZIP archives; `before`: of what comes before these bytes. */
export function crc32(bytes: Uint8Array, before = 0): number {
	let value = ~before;
	for (const byte of bytes) value = TABLE[(value ^ byte) & 255]! ^ (value >>> 8);
	return ~value >>> 0;
}
