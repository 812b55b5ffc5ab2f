import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { expectSameBoard, openBoards } from '../support/boardHands.ts';
import { expect, test } from '../support/lessonTest.ts';
import { watchPolicy } from '../support/policyWatch.ts';
import { createRoomPage } from '../support/roomPage.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

/** How many points of what is being drawn are in the database of this page's browser; 0 for nothing. */
function sketchedPoints(): Promise<number> {
	return new Promise((done, fail) => {
		const opening = indexedDB.open('peerlearn');
		opening.onerror = () => fail(opening.error);
		opening.onsuccess = () => {
			const database = opening.result;
			const sketches = IDBKeyRange.bound('board-sketch:', 'board-sketch;');
			const asking = database.transaction('bytes').objectStore('bytes').getAll(sketches);
			asking.onerror = () => fail(asking.error);
			asking.onsuccess = () => {
				database.close();
				const texts = (asking.result as { bytes: ArrayBuffer }[]).map(({ bytes }) =>
					new TextDecoder().decode(bytes)
				);
				const drawn = texts.flatMap((text) => JSON.parse(text) as { data: { points: unknown[] } }[]);
				done(drawn.reduce((sum, { data }) => sum + data.points.length, 0));
			};
		};
	});
}

test('[X3] [T8] the browser is killed in mid-stroke: what was drawn so far is there once when its person is back, on both sides', async ({
	world,
	open,
	playwright,
	launchOptions
}) => {
	const lesson = await world.classroom();
	const [person] = lesson.learners;
	const mentor = await open(lesson.mentor);
	const [mine] = await openBoards(lesson, [mentor]);
	const folder = await mkdtemp(join(tmpdir(), 'peerlearn-browser-'));
	const refused: string[] = [];

	/** A browser that keeps what it has in a folder, as those of people do. */
	async function start(): Promise<BrowserContext> {
		const which = launchOptions.executablePath ? {} : { channel: 'chromium' };
		const context = await playwright.chromium.launchPersistentContext(folder, {
			...launchOptions,
			...which,
			...{ baseURL: world.url, locale: 'en-GB', viewport: { width: 1280, height: 800 } }
		});
		await context.addCookies([{ ...person!.login, url: world.url, httpOnly: true, sameSite: 'Lax' }]);
		await watchPolicy(context, (text) => refused.push(text));
		return context;
	}

	async function enter(context: BrowserContext) {
		const learner = createRoomPage(await context.newPage(), person!);
		await learner.goTo(lesson);
		await expect(learner.button('Join session').or(learner.toolbar).first()).toBeVisible();
		if (await learner.button('Join session').isVisible()) await learner.button('Join session').click();
		const board = whiteboardOf(learner);
		await board.open();
		return { learner, board };
	}

	try {
		const before = await start();
		const { learner, board } = await enter(before);
		await board.stroke(
			[
				[0.2, 0.3],
				[0.4, 0.5],
				[0.6, 0.3]
			],
			false
		);
		await expect.poll(mine!.strokesOfOthers).toBe(1);
		// The first second may end when the pen has only touched the paper.
		await expect.poll(() => learner.page.evaluate(sketchedPoints)).toBeGreaterThan(4);
		await killBrowser(before);
		await expect.poll(mine!.strokesOfOthers).toBe(0);
		expect(await mine!.elements()).toEqual([]);

		const after = await start();
		const back = await enter(after);
		const drawn = await expectSameBoard(world, lesson, [mentor, back.learner], 1);
		const [{ data }] = Object.values(drawn) as [(typeof drawn)[string]];
		expect((data as { points: unknown[] }).points.length).toBeGreaterThan(4);
		await expect.poll(() => back.learner.page.evaluate(sketchedPoints)).toBe(0);
		await after.close();
		expect(refused).toEqual([]);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

/** All of it at once, without a goodbye. */
async function killBrowser(context: BrowserContext): Promise<void> {
	const session = await context.browser()!.newBrowserCDPSession();
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	const gone = new Promise((done) => context.once('close', done));
	process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
	await gone;
}
