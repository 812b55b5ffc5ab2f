import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { Scene } from './scene.ts';

/** Width and height of the window, and the width of the file, px. `small` is that of picture-in-picture. */
export const SIZES = {
	desktop: { width: 1440, height: 900, shown: 640 },
	phone: { width: 390, height: 844, shown: 330 },
	turned: { width: 844, height: 390, shown: 640 },
	small: { width: 360, height: 400, shown: 360 }
} as const;
export const SCHEMES = ['light', 'dark'] as const;
export type Size = keyof typeof SIZES;
export type Scheme = (typeof SCHEMES)[number];

export const fileName = (scene: string, scheme: Scheme, size: Size) => `${scene}.${scheme}.${size}.webp`;

/** Of the files, 0 to 1: letters stay sharp at it. */
const QUALITY = 0.6;
/** Layout, fonts and drawings come to rest within this time, ms. */
const REST = 350;
/** A page that is taken whole is cut off here, px: a thumbnail of more tells nothing. */
const HIGHEST = 2_600;
const NO_TOASTS = '[data-toaster] { visibility: hidden !important }';

/** Takes pictures of pages and makes small files of them. */
export interface Shutter {
	take(scene: Scene<unknown>, page: Page): Promise<void>;
}

/** @param large where each picture is also kept as it was taken, to be looked at closely; null keeps none */
export async function createShutter(
	browser: Browser,
	folder: string,
	large: string | null
): Promise<Shutter> {
	const desk = await (await browser.newContext()).newPage();

	async function shrink(png: Buffer, width: number): Promise<Buffer> {
		const base64 = await desk.evaluate(
			async ([data, shown, quality]) => {
				const image = new Image();
				image.src = `data:image/png;base64,${data}`;
				await image.decode();
				const canvas = document.createElement('canvas');
				[canvas.width, canvas.height] = [shown, Math.round((image.height * shown) / image.width)];
				const pen = canvas.getContext('2d')!;
				pen.imageSmoothingQuality = 'high';
				pen.drawImage(image, 0, 0, canvas.width, canvas.height);
				return canvas.toDataURL('image/webp', quality).split(',')[1]!;
			},
			[png.toString('base64'), width, QUALITY] as const
		);
		return Buffer.from(base64, 'base64');
	}

	return {
		async take({ name, again, whole = false, toasts = false, sizes = ['desktop', 'phone'] }, page) {
			// Nothing lies under the mouse by chance.
			await page.mouse.move(0, 0);
			if (!toasts) await hideToasts(page, true);
			for (const size of sizes) {
				const { width, height, shown } = SIZES[size];
				await page.setViewportSize({ width, height });
				for (const colorScheme of SCHEMES) {
					await page.emulateMedia({ colorScheme });
					await page.waitForTimeout(REST);
					await again?.(page);
					if (again) await page.waitForTimeout(REST);
					const png = await page.screenshot({
						animations: 'disabled',
						...(whole ? await wholePage(page) : {})
					});
					if (large !== null) await writeFile(join(large, `${name}.${colorScheme}.${size}.png`), png);
					await writeFile(join(folder, fileName(name, colorScheme, size)), await shrink(png, shown));
				}
			}
			if (!toasts) await hideToasts(page, false);
			await page.emulateMedia({ colorScheme: null });
			if (!sizes.includes('small'))
				await page.setViewportSize({ width: SIZES.desktop.width, height: SIZES.desktop.height });
		}
	};
}

/** By a script: no policy for styles stands in its way. */
async function hideToasts(page: Page, hidden: boolean): Promise<void> {
	await page.evaluate(
		([rule, on]) => {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync(rule);
			document.adoptedStyleSheets = on ? [sheet] : [];
		},
		[NO_TOASTS, hidden] as const
	);
}

async function wholePage(page: Page) {
	// What is fixed to the window stands at the top of the page then.
	await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
	const { width, height } = await page.evaluate(() => ({
		width: document.documentElement.clientWidth,
		height: document.documentElement.scrollHeight
	}));
	return { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, HIGHEST) } };
}
