import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';

export interface ExportedFile {
	name: string;
	bytes: Buffer;
}

/** Presses what starts a download and waits for its file. */
export async function downloaded(page: Page, start: Locator): Promise<ExportedFile> {
	const [download] = await Promise.all([page.waitForEvent('download'), start.click()]);
	return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Shares of a picture's pixels, 0 to 1. */
export interface Colours {
	width: number;
	height: number;
	white: number;
	/** Of the pen. */
	ink: number;
	red: number;
	/** Of the lines of a page. */
	lines: number;
}

/** Decodes a picture as any page would: nothing outside of the file is there for it. */
export function coloursOf(page: Page, { bytes }: ExportedFile, type: string): Promise<Colours> {
	return page.evaluate(
		async ({ base64, type }) => {
			const image = new Image();
			image.src = `data:${type};base64,${base64}`;
			await image.decode();
			const [width, height] = [image.naturalWidth, image.naturalHeight];
			const canvas = new OffscreenCanvas(width, height);
			const context = canvas.getContext('2d')!;
			context.drawImage(image, 0, 0);
			const { data } = context.getImageData(0, 0, width, height);
			const share = (like: (red: number, green: number, blue: number) => boolean) => {
				let count = 0;
				for (let at = 0; at < data.length; at += 4)
					if (data[at + 3] === 255 && like(data[at]!, data[at + 1]!, data[at + 2]!)) count += 1;
				return count / (width * height);
			};
			return {
				...{ width, height },
				white: share((red, green, blue) => red + green + blue === 3 * 255),
				ink: share((red, green, blue) => Math.max(red, green, blue) < 60),
				red: share((red, green, blue) => red > 200 && green < 80 && blue < 80),
				lines: share((red, green, blue) => Math.abs(red - 213) < 3 && Math.abs(green - 219) < 3 && blue > 224)
			};
		},
		{ base64: bytes.toString('base64'), type }
	);
}

/** An SVG that looks the same everywhere: it is well formed and names nothing but what is in it. */
export async function expectWholeSvg(page: Page, { bytes }: ExportedFile): Promise<void> {
	const text = bytes.toString();
	// On a page of nobody: ours read no markup.
	const desk = await page.context().newPage();
	const broken = await desk.evaluate(
		(text) =>
			new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent,
		text
	);
	await desk.close();
	expect(broken).toBeUndefined();
	const addresses = new Set(text.match(/\w+:\/\/[^"'\s<>)]+/g));
	addresses.delete('http://www.w3.org/2000/svg');
	addresses.delete('http://www.w3.org/1999/xlink');
	expect([...addresses]).toEqual([]);
	expect(text).not.toContain('<script');
}

/** Names in a ZIP archive, from its directory. */
export function namesInZip({ bytes }: ExportedFile): string[] {
	const names: string[] = [];
	let at = bytes.readUInt32LE(bytes.length - 6);
	while (bytes.readUInt32LE(at) === 0x02014b50) {
		const length = bytes.readUInt16LE(at + 28);
		names.push(bytes.toString('utf8', at + 46, at + 46 + length));
		at += 46 + length;
	}
	return names;
}

/** The files of a ZIP archive that holds them as they are, by name. */
export function filesInZip({ bytes }: Pick<ExportedFile, 'bytes'>): Map<string, Buffer> {
	const files = new Map<string, Buffer>();
	let at = bytes.readUInt32LE(bytes.length - 6);
	while (bytes.readUInt32LE(at) === 0x02014b50) {
		const [size, length] = [bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28)];
		const local = bytes.readUInt32LE(at + 42);
		const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
		const content = bytes.subarray(start, start + size);
		expect(bytes.readUInt32LE(at + 16)).toBe(crc32(content));
		files.set(bytes.toString('utf8', at + 46, at + 46 + length), content);
		at += 46 + length;
	}
	return files;
}
