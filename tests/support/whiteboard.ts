import { expect } from '@playwright/test';
import type { RoomPage } from './roomPage.ts';
import { settledBox } from './settledBox.ts';

/** What one does with the whiteboard, by the names on it. */
export interface WhiteboardPage {
	open(): Promise<void>;
	tool(name: string): Promise<void>;
	/** Presses, moves through all points and, unless told otherwise, lets go. Fractions of the paper's size. */
	stroke(points: [number, number][], letGo?: boolean): Promise<void>;
	letGo(): Promise<void>;
	/** Ids of what is on the page that is looked at. */
	elements(): Promise<string[]>;
	/** Kind, version and place of everything there, to be compared with the others'. */
	content(): Promise<string[]>;
	/** How many strokes of others are being drawn here. */
	strokesOfOthers(): Promise<number>;
	saved(): Promise<void>;
}

export function whiteboardOf({ page, control }: RoomPage): WhiteboardPage {
	const board = page.getByRole('region', { name: 'Whiteboard' });
	const canvas = board.locator('canvas.interactive');
	const tools = board.getByRole('toolbar', { name: 'Drawing tools' });

	return {
		async open() {
			await control('Open whiteboard').click();
			await expect(canvas).toBeVisible();
			await expect(board.getByText(/^Saved$/)).toBeVisible();
		},
		async tool(name) {
			const button = (called: string) => tools.getByRole('button', { name: called, exact: true });
			const isShape = ['Line', 'Arrow', 'Rectangle', 'Ellipse', 'Diamond'].includes(name);
			await button(isShape ? 'Shapes' : name).click();
			if (isShape) await tools.getByRole('menuitemradio', { name, exact: true }).click();
		},
		async stroke(points, letGo = true) {
			const box = await settledBox(canvas);
			const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
			await page.mouse.move(...at(points[0]!));
			await page.mouse.down();
			for (const point of points) await page.mouse.move(...at(point), { steps: 4 });
			if (letGo) await page.mouse.up();
		},
		letGo: () => page.mouse.up(),
		elements: () =>
			page.evaluate(async () => {
				const open = await window.__peerlearnRoom!.whiteboard();
				return open.elementsOn(open.state().pageId).map(({ id }) => id);
			}),
		content: () =>
			page.evaluate(async () => {
				const open = await window.__peerlearnRoom!.whiteboard();
				const all = open.state().pages.flatMap(({ id }) => open.elementsOn(id));
				return all.map((element) => JSON.stringify([element.id, element.version, element.data])).sort();
			}),
		strokesOfOthers: () =>
			page.evaluate(async () => (await window.__peerlearnRoom!.whiteboard()).shadows().size),
		saved: () => expect(board.getByText(/^Saved$/)).toBeVisible()
	};
}
