import type { Locator, Page } from '@playwright/test';

/** Place and size of something, px. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Where something is once it stays there: whoever points at it while it moves misses it. */
export function settledBox(thing: Locator): Promise<Box> {
	return thing.evaluate(
		(element) =>
			new Promise<Box>((done) => {
				let last = '';
				let same = 0;
				const look = () => {
					const { x, y, width, height } = element.getBoundingClientRect();
					const now = [x, y, width, height].join(' ');
					same = now === last ? same + 1 : 0;
					last = now;
					if (same >= 3 && width > 0) done({ x, y, width, height });
					else requestAnimationFrame(look);
				};
				look();
			})
	);
}

/** Changes the size of the window and waits until the page has heard of it, which it does with the next picture. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
	await page.setViewportSize(size);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
