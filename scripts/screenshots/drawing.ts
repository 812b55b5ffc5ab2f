import type { Page } from '@playwright/test';
import type { RoomPage } from '../../tests/support/roomPage.ts';
import { whiteboardOf } from '../../tests/support/whiteboard.ts';

/** A parabola between its axes, and a mark at its top; fractions of the drawing area. */
const DRAWING: [number, number][][] = [
	[
		[0.2, 0.8],
		[0.82, 0.8]
	],
	[
		[0.26, 0.86],
		[0.26, 0.18]
	],
	Array.from({ length: 25 }, (_, nth): [number, number] => {
		const x = (nth - 12) / 12;
		return [0.52 + x * 0.2, 0.28 + x * x * 0.48];
	}),
	[
		[0.42, 0.26],
		[0.62, 0.26]
	]
];

/** Opens the whiteboard and draws on it, as somebody with a pen does. */
export async function drawOnBoard(room: RoomPage): Promise<void> {
	const board = whiteboardOf(room);
	await board.open();
	await board.tool('Pen');
	for (const line of DRAWING) await board.stroke(line);
	await board.saved();
}

/** What was drawn on a desktop is brought into the sight of a phone, and afterwards as it was. */
export async function fitBoard(page: Page, way: 'out' | 'in'): Promise<void> {
	const fitted = await page.evaluate(() => document.documentElement.dataset.fitted === 'yes');
	if (fitted === (way === 'out') || (way === 'out' && page.viewportSize()!.width > 500)) return;
	const sign = way === 'out' ? 1 : -1;
	const zoom = async () => {
		for (let presses = 0; presses < 3; presses += 1)
			await page.getByRole('button', { name: `Zoom ${way}`, exact: true }).click();
	};
	const pan = async () => {
		await page.getByRole('application', { name: 'Drawing area' }).hover();
		await page.mouse.wheel(sign * 100, sign * 40);
	};
	if (way === 'in') await pan();
	await zoom();
	if (way === 'out') await pan();
	await page.mouse.move(0, 0);
	await page.evaluate(
		(is) => void (document.documentElement.dataset.fitted = is),
		way === 'out' ? 'yes' : ''
	);
}
