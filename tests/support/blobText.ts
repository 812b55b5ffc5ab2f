import type { BrowserContext, Locator } from '@playwright/test';

type Keeping = typeof globalThis & { blobs: Map<string, Blob> };

/**
 * Keeps what later pages of this browser show by an address of their own (`blob:`): their policy lets nobody fetch it. Answers how
 * to read the text behind an image; empty while it has none.
 */
export async function keepBlobs(context: BrowserContext): Promise<(image: Locator) => Promise<string>> {
	await context.addInitScript(() => {
		const blobs = new Map<string, Blob>();
		const make = URL.createObjectURL.bind(URL);
		Object.assign(globalThis, { blobs });
		URL.createObjectURL = (thing: Blob | MediaSource) => {
			const address = make(thing);
			if (thing instanceof Blob) blobs.set(address, thing);
			return address;
		};
	});
	return (image) =>
		image.evaluate(({ src }: HTMLImageElement) => (globalThis as Keeping).blobs.get(src)?.text() ?? '');
}
