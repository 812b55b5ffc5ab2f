import { expect, type Locator } from '@playwright/test';
import type { RoomPage } from './roomPage.ts';
import { settledBox } from './settledBox.ts';

type Place = readonly [number, number];

/** How one person points at the screen that somebody, perhaps they themselves, shares. Places are fractions of the picture. */
export interface Pointing {
	tool(name: 'Point' | 'Pen that fades'): Locator;
	/** Where people point and draw, exactly over the picture. */
	picture: Locator;
	ink: Locator;
	surface: Locator;
	tips: Locator;
	lines: Locator;
	/** With the mouse. */
	moveTo(place: Place): Promise<void>;
	touchStroke(places: Place[]): Promise<void>;
	/** One tip of this tool is shown within a hundredth of this place of what the video shows. */
	expectTip(tool: 'laser' | 'pen', place: Place): Promise<void>;
	/** Edges of the one line that is shown, in fractions of the picture. */
	lineBox(): Promise<{ left: number; top: number; right: number; bottom: number }>;
}

export function pointingOf({ page }: RoomPage, sharer: RoomPage): Pointing {
	const isOwn = page === sharer.page;
	const label = isOwn ? 'Your video' : `Video of ${sharer.person.name}`;
	const tile = page.locator('figure').filter({ has: page.getByLabel(label, { exact: true }) });
	const ink = tile.getByTestId('point-ink');

	/** Of the picture itself inside its video, px: reckoned here once more, without the code that is tested. */
	function shownPicture() {
		return page.getByLabel(label, { exact: true }).evaluate((video: HTMLVideoElement) => {
			const { left, top, width, height } = video.getBoundingClientRect();
			const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
			const across = video.videoWidth * scale;
			const down = video.videoHeight * scale;
			return {
				left: left + (width - across) / 2,
				top: top + (height - down) / 2,
				width: across,
				height: down
			};
		});
	}

	async function pixels([x, y]: Place): Promise<[number, number]> {
		// Whoever begins to share or to point gets another stage: until it stands, a place on it is another one.
		await settledBox(page.getByLabel(label, { exact: true }));
		const box = await shownPicture();
		return [box.left + x * box.width, box.top + y * box.height];
	}

	return {
		tool: (name) => tile.getByRole('button', { name, exact: true }),
		picture: ink,
		ink,
		surface: tile.getByRole('application'),
		tips: ink.locator('[data-tip]'),
		lines: ink.locator('[data-line]'),
		async moveTo(place) {
			await page.mouse.move(...(await pixels(place)), { steps: 4 });
		},
		async touchStroke(places) {
			const client = await page.context().newCDPSession(page);
			for (const [index, place] of places.entries()) {
				const [x, y] = await pixels(place);
				const type = index === 0 ? ('touchStart' as const) : ('touchMove' as const);
				await client.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
			}
			await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
			await client.detach();
		},
		async expectTip(tool, [x, y]) {
			await expect
				.poll(async () => {
					const box = await shownPicture();
					const found = await ink
						.locator(`[data-tip='${tool}']`)
						.evaluateAll((tips) => tips.map((tip) => tip.getBoundingClientRect().toJSON() as DOMRect));
					return found.map((tip) => {
						const off = [(tip.x - box.left) / box.width - x, (tip.y - box.top) / box.height - y];
						return off.every((much) => Math.abs(much) < 0.01);
					});
				})
				.toEqual([true]);
		},
		async lineBox() {
			const box = await shownPicture();
			const path = await ink.locator('[data-line]').evaluate((line: SVGPathElement) => {
				const picture = line.ownerSVGElement!.getBoundingClientRect();
				const { x, y, width, height } = line.getBBox();
				return {
					left: picture.left + x * picture.width,
					top: picture.top + y * picture.height,
					right: picture.left + (x + width) * picture.width,
					bottom: picture.top + (y + height) * picture.height
				};
			});
			return {
				left: (path.left - box.left) / box.width,
				top: (path.top - box.top) / box.height,
				right: (path.right - box.left) / box.width,
				bottom: (path.bottom - box.top) / box.height
			};
		}
	};
}
