import { figure, type Figure, type Report } from '../figures.ts';
import { median } from '../statistics.ts';
import { openBoards, type BoardPage, type Boards } from './boards.ts';
import { LAST_OBJECT } from './objects.ts';

const SIZES = [1_000, 5_000];
const ROUNDS = 5;
/** At 5,000 objects, ms. */
const AIM = 2_000;

interface Joined {
	/** From the click until the last object is drawn, ms. */
	took: number;
	/** kB of 1,000 bytes. */
	largest: number;
	received: number;
}

/** Somebody comes late and opens a full board that their browser has never seen, with nothing fetched before. */
export async function measureJoin(): Promise<Report> {
	const boards = await openBoards([0, ...SIZES]);
	const figures: Figure[] = [];
	const raw: Record<string, { ours: Joined[]; baseline: Joined[] }> = {};
	try {
		for (const objects of SIZES) {
			const { ours, baseline } = (raw[objects] = await measureBoth(boards, objects));
			figures.push(...compare(objects, ours, baseline));
		}
		figures.push(...(await measurePrefetched(boards)));
	} finally {
		await boards.close();
	}
	return {
		title: `Opening a full board (${ROUNDS} alternating rounds, fresh contexts, Chromium ${boards.browser.version()})`,
		ours: 'PeerLearn',
		baseline: 'whole scene',
		figures,
		notes: [
			'From the click on “Open whiteboard”, before any of it was fetched, until all objects are drawn, all of them in sight.',
			'Baseline: Excalidraw alone, which gets the scene as one message from somebody who is there.'
		],
		raw
	};
}

async function measureBoth(boards: Boards, objects: number): Promise<{ ours: Joined[]; baseline: Joined[] }> {
	const ours: Joined[] = [];
	const baseline: Joined[] = [];
	const host = await boards.ours(objects, 'mentor');
	await host.open();
	const size = await host.size();
	await host.close();
	for (let nth = 0; nth < ROUNDS; nth++) {
		ours.push(await join(await boards.ours(objects, 'learner')));
		const room = `join-${objects}-${nth}`;
		const bareHost = await boards.bare(objects, size, room);
		await join(bareHost, false);
		baseline.push(await join(await boards.bare(0, size, room)));
		await bareHost.close();
	}
	return { ours, baseline };
}

async function join(board: BoardPage, thenClose = true): Promise<Joined> {
	const { page, traffic } = board;
	const drawn = page.evaluate(async ({ x, y }) => window.boardProbe.drawn(x, y), LAST_OBJECT);
	await board.open();
	const at = await drawn;
	const opened = await page.evaluate(() => window.boardProbe.opened);
	if (thenClose) await board.close();
	return {
		took: at - opened,
		largest: traffic.largestReceived / 1_000,
		received: traffic.received / 1_000
	};
}

/** How soon there is a canvas where a good call went on for a while, against a page that has nothing of it yet. */
async function measurePrefetched(boards: Boards): Promise<Figure[]> {
	const cold = await boards.ours(0, 'learner');
	const baseline = await timeToCanvas(cold);
	await cold.close();
	const both = [await boards.ours(0, 'mentor', 'on'), await boards.ours(0, 'learner', 'on')];
	const fetched = () =>
		performance
			.getEntriesByType('resource')
			.some((entry) => (entry as PerformanceResourceTiming).decodedBodySize > 1e6);
	await Promise.all(both.map(({ page }) => page.waitForFunction(fetched, null, { timeout: 60_000 })));
	const ours: number[] = [];
	for (const board of both) ours.push(await timeToCanvas(board));
	await Promise.all(both.map((board) => board.close()));
	const slowest = Math.max(...ours);
	const aim = { words: '< 1000 ms', met: slowest < 1_000 };
	return [figure('canvas after a good call, against no call', 'ms', slowest, baseline, aim)];
}

async function timeToCanvas(board: BoardPage): Promise<number> {
	const ready = board.page.evaluate(() => window.boardProbe.ready());
	await board.open();
	return (await ready) - (await board.page.evaluate(() => window.boardProbe.opened));
}

function compare(objects: number, ours: Joined[], baseline: Joined[]): Figure[] {
	const middle = (all: Joined[], of: keyof Joined) => median(all.map((one) => one[of]));
	const most = (all: Joined[], of: keyof Joined) => Math.max(...all.map((one) => one[of]));
	const slowest = most(ours, 'took');
	const largest = most(ours, 'largest');
	return [
		figure(`${objects} objects, median`, 'ms', middle(ours, 'took'), middle(baseline, 'took')),
		figure(
			'the same, slowest',
			'ms',
			slowest,
			most(baseline, 'took'),
			objects === 5_000 ? { words: `< ${AIM} ms`, met: slowest < AIM } : null
		),
		figure('the same, largest message', 'kB', largest, most(baseline, 'largest'), {
			words: '≤ 32 kB',
			met: largest <= 32
		}),
		figure('the same, received', 'kB', middle(ours, 'received'), middle(baseline, 'received'))
	];
}
