import type { Locator, Page } from '@playwright/test';

/** Place and size of something, px. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Where something is once it stays there: whoever points at it while it moves misses it. What is drawn anew is looked for anew. */
export async function settledBox(thing: Locator): Promise<Box> {
	for (;;) {
		const box = await thing.evaluate(
			(element) =>
				new Promise<Box | null>((done) => {
					let last = '';
					let same = 0;
					const look = () => {
						const { x, y, width, height } = element.getBoundingClientRect();
						const now = [x, y, width, height].join(' ');
						same = now === last ? same + 1 : 0;
						last = now;
						if (!element.isConnected) done(null);
						else if (same >= 3 && width > 0) done({ x, y, width, height });
						else requestAnimationFrame(look);
					};
					look();
				})
		);
		if (box) return box;
	}
}

/** Changes the size of the window and waits until the page has heard of it, which it does with the next picture. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
	await page.setViewportSize(size);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
