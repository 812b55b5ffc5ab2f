import { expect, type CDPSession, type Page } from '@playwright/test';
import type { BoardElement } from '../../src/lib/shared/board.ts';
import { boardInTable } from './boardClient.ts';
import type { RoomPage } from './roomPage.ts';
import { settledBox } from './settledBox.ts';
import { whiteboardOf, type WhiteboardPage } from './whiteboard.ts';
import type { Lesson, World } from './world.ts';

/** Everything drawn on a board, by id: comparable with what others have of it. */
export type Drawn = Record<string, Pick<BoardElement, 'pageId' | 'version' | 'nonce' | 'data'>>;

const plain = ({ pageId, version, nonce, data }: BoardElement) => ({ pageId, version, nonce, data });

/** What this page's board has on its pages, seen or on its way. */
export async function drawnOn(page: Page): Promise<Drawn> {
	const all = await page.evaluate(async () => {
		const board = await window.__peerlearnRoom!.whiteboard();
		return board.state().pages.flatMap(({ id }) => board.elementsOn(id));
	});
	return Object.fromEntries(all.map((element) => [element.id, plain(element)]));
}

export async function drawnInTable(world: World, lesson: Lesson): Promise<Drawn> {
	const objects = Object.values(await boardInTable(world, lesson)).filter(({ kind }) => kind !== 'page');
	return Object.fromEntries(objects.map((element) => [element.id, plain(element)]));
}

/** Waits until all have the same board as the database, with so many things on it. */
export async function expectSameBoard(
	world: World,
	lesson: Lesson,
	people: readonly RoomPage[],
	count: number
): Promise<Drawn> {
	let table: Drawn = {};
	await expect(async () => {
		table = await drawnInTable(world, lesson);
		expect(Object.keys(table)).toHaveLength(count);
		for (const { page } of people) expect(await drawnOn(page)).toEqual(table);
	}).toPass({ intervals: [100], timeout: 30_000 });
	for (const person of people) await whiteboardOf(person).saved();
	return table;
}

/** How dark each pixel of the paper is (0 to 255), others' cursors and one's own selection left out. */
async function pictureOf(page: Page): Promise<Buffer> {
	const board = page.getByRole('region', { name: 'Whiteboard' });
	const picture = await board.locator('canvas.static').evaluate((canvas: HTMLCanvasElement) => {
		const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
		let text = '';
		for (let at = 3; at < data.length; at += 4) text += String.fromCharCode(data[at]!);
		return btoa(text);
	});
	return Buffer.from(picture, 'base64');
}

/** Two pictures may differ in the edges of strokes, whose points are sent in hundredths, and in nothing else. */
const EDGE = 150;
const EDGES = 30;

/** Everybody sees the same, once everything has been drawn. */
export async function expectSamePicture([first, ...others]: readonly RoomPage[]): Promise<void> {
	await expect(async () => {
		const wanted = await pictureOf(first!.page);
		expect(wanted.some((ink) => ink > EDGE)).toBe(true);
		for (const { page } of others) {
			const picture = await pictureOf(page);
			expect(picture).toHaveLength(wanted.length);
			expect(picture.filter((ink, at) => Math.abs(ink - wanted[at]!) > EDGE).length).toBeLessThan(EDGES);
		}
	}).toPass({ intervals: [100], timeout: 30_000 });
}

/** A lesson that runs, its whiteboard open everywhere; without cameras, which would only cost time. */
export async function openBoards(
	lesson: Lesson,
	people: readonly RoomPage[]
): Promise<readonly WhiteboardPage[]> {
	for (const person of people) await person.goTo(lesson);
	await people[0]!.button('Start session').click();
	return Promise.all(
		people.map(async (person) => {
			const board = whiteboardOf(person);
			await board.open();
			return board;
		})
	);
}

/**
 * Drops a red picture of 120 × 90 pixels into the middle of the board. `bmp`: of a kind that browsers show and the server
 * does not take, however it is called.
 */
export async function dropPicture(
	{ page }: RoomPage,
	name: string,
	kind: 'png' | 'bmp' = 'png'
): Promise<void> {
	const canvas = page.getByRole('region', { name: 'Whiteboard' }).locator('canvas.interactive');
	const dataTransfer = await page.evaluateHandle(
		async ({ name, kind }) => {
			const [width, height] = [120, 90];
			async function png(): Promise<Blob> {
				const picture = Object.assign(document.createElement('canvas'), { width, height });
				const context = picture.getContext('2d')!;
				context.fillStyle = '#e01010';
				context.fillRect(0, 0, width, height);
				return new Promise((done) => picture.toBlob((blob) => done(blob!)));
			}
			function bmp(): Blob {
				const [head, pixels] = [54, width * height * 3];
				const bytes = new Uint8Array(head + pixels);
				for (let at = head; at < bytes.length; at += 3) bytes.set([0x10, 0x10, 0xe0], at);
				const view = new DataView(bytes.buffer);
				bytes.set([0x42, 0x4d]);
				view.setUint32(2, bytes.length, true);
				view.setUint32(10, head, true);
				view.setUint32(14, 40, true);
				view.setInt32(18, width, true);
				view.setInt32(22, height, true);
				view.setUint16(26, 1, true);
				view.setUint16(28, 24, true);
				view.setUint32(34, pixels, true);
				return new Blob([bytes]);
			}
			const blob = kind === 'png' ? await png() : bmp();
			const transfer = new DataTransfer();
			transfer.items.add(new File([blob], name, { type: 'image/png' }));
			return transfer;
		},
		{ name, kind }
	);
	const { x, y, width, height } = await settledBox(canvas);
	await canvas.dispatchEvent('drop', { dataTransfer, clientX: x + width / 2, clientY: y + height / 2 });
}

/** Chooses from the menu of the board or of its pages. */
export async function chooseOnBoard({ page }: RoomPage, menu: string, entry: RegExp): Promise<void> {
	const board = page.getByRole('region', { name: 'Whiteboard' });
	await board.getByRole('button', { name: menu, exact: true }).click();
	await page.getByRole('menuitem', { name: entry }).click();
}

/** Fingers and a pen, as a touch screen has them. Places are fractions of the paper's size. */
export interface Hands {
	/** Each finger goes along its own way, all at once; the ways are of the same length. */
	touch(...ways: [number, number][][]): Promise<void>;
	/** The pen goes along a way, with the pressure (0 to 1) that each third number is; half-way something happens. */
	pen(way: [number, number, number][], halfWay?: () => Promise<void>): Promise<void>;
	/** A hand comes to rest and stays; answers with how it is taken away. */
	rest(place: [number, number]): Promise<() => Promise<void>>;
}

export async function handsOf({ page }: RoomPage): Promise<Hands> {
	const input: CDPSession = await page.context().newCDPSession(page);
	const canvas = page.getByRole('region', { name: 'Whiteboard' }).locator('canvas.interactive');
	const box = await settledBox(canvas);
	const at = ([x, y]: readonly [number, number, ...number[]]) => ({
		x: box.x + x * box.width,
		y: box.y + y * box.height
	});

	return {
		async touch(...ways) {
			const points = (step: number) => ways.map((way, id) => ({ id, ...at(way[step]!) }));
			await input.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(0) });
			for (let step = 1; step < ways[0]!.length; step += 1)
				await input.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(step) });
			await input.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
		},
		async rest(place) {
			const touch = (type: 'touchStart' | 'touchMove', moved: number) =>
				input.send('Input.dispatchTouchEvent', {
					type,
					touchPoints: [{ id: 9, ...at([place[0] + moved, place[1]]) }]
				});
			await touch('touchStart', 0);
			await touch('touchMove', 0.01);
			await touch('touchMove', 0.02);
			return async () =>
				void (await input.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }));
		},
		async pen(way, halfWay) {
			const pen = { pointerType: 'pen', button: 'left' } as const;
			const [first, last] = [way[0]!, way.at(-1)!];
			const send = (type: 'mousePressed' | 'mouseMoved', step: (typeof way)[number]) =>
				input.send('Input.dispatchMouseEvent', {
					...{ type, ...pen, ...at(step), buttons: 1, clickCount: 1, force: step[2] }
				});
			await send('mousePressed', first);
			for (const [index, step] of way.entries()) {
				if (index === Math.floor(way.length / 2)) await halfWay?.();
				if (index > 0) await send('mouseMoved', step);
			}
			await input.send('Input.dispatchMouseEvent', {
				...{ type: 'mouseReleased', ...pen, ...at(last), buttons: 0, clickCount: 1 }
			});
		}
	};
}
