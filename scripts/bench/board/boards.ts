import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { startServer, type Child } from '../child.ts';
import { openBrowser, openPage, turnOnDevices } from '../lesson.ts';
import { atDesk, type Desk, type Person } from '../people.ts';
import { startProduct, type Product } from '../product.ts';
import { aBoardOf } from './objects.ts';
import { installBoardProbe } from './probe.ts';

/** What went through the sockets of a page, bytes of payload. */
export interface Traffic {
	sent: number;
	received: number;
	largestReceived: number;
}

/** Somebody's page; its board is closed at first. */
export interface BoardPage {
	page: Page;
	traffic: Traffic;
	/** Clicks on “Open whiteboard” and waits until it can be drawn on. */
	open(): Promise<void>;
	/** Presses at the first of these points (pixels of the canvas), moves through the others and lets go. */
	stroke(points: [number, number][], everyMs: number): Promise<void>;
	/** Size of the canvas. */
	size(): Promise<{ width: number; height: number }>;
	/** Everything drawn here is where it has to be. */
	settled(): Promise<void>;
	/** What was under way when the pen was let go has gone out, and its answers are here. */
	quiet(): Promise<void>;
	close(): Promise<void>;
}

/** The product with lessons in it, and beside it Excalidraw alone. */
export interface Boards {
	product: Product;
	browser: Browser;
	/** A lesson that goes on, without a call unless `devices` are on. `objects` are on the board already. */
	ours(objects: number, who: 'mentor' | 'learner', devices?: 'off' | 'on'): Promise<BoardPage>;
	/** With a `room` it shares whole elements with the others in there; `objects` only for the first. */
	bare(objects: number, size: { width: number; height: number }, room: string | null): Promise<BoardPage>;
	close(): Promise<void>;
}

/** Much longer than there and back, and than strokes are gathered. */
const QUIET_MS = 400;

interface Planned {
	mentor: Person;
	learner: Person;
	/** By the number of objects on the board. */
	rooms: Map<number, string>;
}

/** With one lesson for each of these numbers of objects. */
export async function openBoards(sizes: number[]): Promise<Boards> {
	const product = await startProduct((config) => atDesk(config, (desk) => planLessons(desk, sizes)));
	let bareServer: (Child & { port: number }) | null = null;
	let browser: Browser;
	try {
		bareServer = await startServer('board/bareBoardServer.ts');
		browser = await openBrowser();
	} catch (error) {
		await bareServer?.stop();
		await product.stop();
		throw error;
	}
	const { origin, prepared } = product;
	const bareOrigin = `http://127.0.0.1:${bareServer.port}`;

	return {
		product,
		browser,
		async ours(objects, who, devices = 'off') {
			const page = await openPage(browser, origin, prepared[who]);
			const board = await boardPage(page, /^Saved$/);
			await page.goto(`${origin}/session/${prepared.rooms.get(objects)}`);
			if (devices === 'on') await turnOnDevices(page);
			await page.getByRole('button', { name: 'Join session' }).click();
			await page.getByRole('button', { name: 'Open whiteboard' }).waitFor();
			return board;
		},
		async bare(objects, { width, height }, room) {
			const page = await openPage(browser, bareOrigin, null);
			const board = await boardPage(page, null);
			const query = new URLSearchParams({
				...{ objects: String(objects), width: String(width), height: String(height) },
				...(room === null ? {} : { room })
			});
			await page.goto(`${bareOrigin}/?${query}`);
			return board;
		},
		async close() {
			await browser.close();
			await bareServer.stop();
			await product.stop();
		}
	};
}

async function planLessons(desk: Desk, sizes: number[]): Promise<Planned> {
	const mentor = await desk.signIn('Mentor', 'mentor');
	const learner = await desk.signIn('Learner', 'learner');
	const rooms: Planned['rooms'] = new Map();
	for (const objects of sizes) {
		const roomCode = await desk.plan('live', mentor, [learner]);
		await desk.draw(roomCode, mentor, aBoardOf(objects));
		rooms.set(objects, roomCode);
	}
	return { mentor, learner, rooms };
}

/** `savedWords`: what the page says when the server has everything; null where there is no server. */
async function boardPage(page: Page, savedWords: RegExp | null): Promise<BoardPage> {
	const traffic = countTraffic(page);
	const canvas = page.locator('canvas.interactive');
	await page.context().addInitScript(installBoardProbe);

	async function settled(): Promise<void> {
		if (savedWords) await page.getByText(savedWords).first().waitFor();
	}

	return {
		page,
		traffic,
		settled,
		async quiet() {
			let seen = -1;
			while (seen !== traffic.sent + traffic.received) {
				seen = traffic.sent + traffic.received;
				await delay(QUIET_MS);
			}
		},
		async open() {
			await page.getByRole('button', { name: 'Open whiteboard' }).click();
			await canvas.waitFor();
			await settled();
		},
		async stroke(points, everyMs) {
			const box = (await canvas.boundingBox())!;
			const [[x, y], ...rest] = points as [[number, number], ...[number, number][]];
			await page.mouse.move(box.x + x, box.y + y);
			await page.mouse.down();
			const startedAt = performance.now();
			for (const [nth, [nextX, nextY]] of rest.entries()) {
				const wait = startedAt + (nth + 1) * everyMs - performance.now();
				if (wait > 1) await delay(wait);
				await page.mouse.move(box.x + nextX, box.y + nextY);
			}
			await page.mouse.up();
		},
		async size() {
			const { width, height } = (await canvas.boundingBox())!;
			return { width: Math.round(width), height: Math.round(height) };
		},
		close: () => page.context().close()
	};
}

/** Of the product the socket with everything but calls. */
function countTraffic(page: Page): Traffic {
	const traffic: Traffic = { sent: 0, received: 0, largestReceived: 0 };
	page.on('websocket', (socket) => {
		if (socket.url().includes('/peerjs')) return;
		socket.on('framesent', ({ payload }) => (traffic.sent += Buffer.byteLength(payload)));
		socket.on('framereceived', ({ payload }) => {
			const bytes = Buffer.byteLength(payload);
			traffic.received += bytes;
			traffic.largestReceived = Math.max(traffic.largestReceived, bytes);
		});
	});
	return traffic;
}
