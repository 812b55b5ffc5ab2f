import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storedZip, type ZipEntry } from './storedZip.ts';

/** Reads an archive from its end, as programs do. */
function unzip(archive: Buffer): ZipEntry[] {
	const end = archive.subarray(-22);
	expect(end.readUInt32LE(0)).toBe(0x06054b50);
	let at = end.readUInt32LE(16);
	expect(at + end.readUInt32LE(12)).toBe(archive.length - 22);
	return Array.from({ length: end.readUInt16LE(10) }, () => {
		expect(archive.readUInt32LE(at)).toBe(0x02014b50);
		const name = archive.subarray(at + 46, at + 46 + archive.readUInt16LE(at + 28));
		const size = archive.readUInt32LE(at + 24);
		const local = archive.readUInt32LE(at + 42);
		// The file's own head says the same as the directory.
		expect(archive.readUInt32LE(local)).toBe(0x04034b50);
		expect(archive.subarray(local + 4, local + 30)).toEqual(archive.subarray(at + 6, at + 32));
		const start = local + 30 + archive.readUInt16LE(local + 26);
		expect(archive.subarray(local + 30, start)).toEqual(name);
		const bytes = Uint8Array.from(archive.subarray(start, start + size));
		expect(archive.readUInt32LE(at + 16)).toBe(crc32(bytes));
		at += 46 + name.length;
		return { name: name.toString(), bytes };
	});
}

test('[X2] an archive gives back its files, whatever they are called and hold', () => {
	const entry = fc.record({
		name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
		bytes: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Uint8Array.from(bytes))
	});
	fc.assert(
		fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
			expect(unzip(Buffer.concat(storedZip(entries)))).toEqual(entries);
		})
	);
});
