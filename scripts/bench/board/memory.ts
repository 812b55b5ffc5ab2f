import { readFile } from 'node:fs/promises';
import { figure, type Report } from '../figures.ts';
import { openBoards, type BoardPage } from './boards.ts';

/** Two hours of a lesson in which both draw and write all the time, as fast as the machine can. */
const MINUTES = 120;
/** Strokes a minute of either. */
const STROKES = { mentor: 4, learner: 2 };
const POINTS = 6;
const EVERY_MS = 4;
/** A new page so often, minutes. */
const PAGE_EVERY = 15;

/** MB of 1,000,000 bytes. */
interface Heap {
	all: number;
	/** What the browser has compiled of the program; it compiles more of what is done often, and drops it where memory is short. */
	compiled: number;
}

/** MB of 1,000,000 bytes. */
interface Used {
	drawer: Heap;
	watcher: Heap;
	/** All memory the server process holds; null where the system does not tell. */
	server: number | null;
	objects: number;
}

/** What a page and the server hold when both have drawn for two hours, against a page that has just come. */
export async function measureMemory(): Promise<Report> {
	const boards = await openBoards([0]);
	try {
		const [mentor, learner] = [await boards.ours(0, 'mentor'), await boards.ours(0, 'learner')];
		await Promise.all([mentor.open(), learner.open()]);
		const size = await mentor.size();
		const used = () => measure(mentor, learner, boards.product.pid);
		await draw(mentor, learner, size, 0, 2);
		const start = await used();
		await draw(mentor, learner, size, 2, MINUTES / 2);
		const half = await used();
		await draw(mentor, learner, size, MINUTES / 2, MINUTES);
		const end = await used();
		await Promise.all([mentor, learner].map(comeBack));
		const fresh = await used();
		return report(start, half, end, fresh, boards.browser.version());
	} finally {
		await boards.close();
	}
}

/** After a reload one is seated at once. */
async function comeBack(board: BoardPage): Promise<void> {
	await board.page.reload();
	await board.open();
	await goToNewest(board);
}

async function draw(
	mentor: BoardPage,
	learner: BoardPage,
	size: { width: number; height: number },
	from: number,
	to: number
): Promise<void> {
	for (let minute = from; minute < to; minute++) {
		if (minute > 0 && minute % PAGE_EVERY === 0) {
			await mentor.page.getByRole('button', { name: 'New page' }).click();
			await mentor.page.getByRole('menuitem', { name: 'Blank page' }).click();
			await Promise.all([mentor, learner].map(goToNewest));
		}
		await Promise.all([
			aMinute(mentor, size, minute, STROKES.mentor),
			aMinute(learner, size, minute + 0.5, STROKES.learner)
		]);
	}
	await Promise.all([mentor.settled(), learner.settled()]);
}

/** Some strokes with the cursor moving between them, then a shape, something moved, or something taken back. */
async function aMinute(
	board: BoardPage,
	{ width, height }: { width: number; height: number },
	minute: number,
	strokes: number
): Promise<void> {
	const { page } = board;
	const place = (nth: number): [number, number] => [
		20 + ((minute * 97 + nth * 131) % (width - 80)),
		20 + ((minute * 61 + nth * 83) % (height - 60))
	];
	for (let nth = 0; nth < strokes; nth++) {
		const [x, y] = place(nth);
		const points = Array.from({ length: POINTS }, (_, i): [number, number] => [
			x + 8 * i,
			y + 12 * Math.sin(i + minute)
		]);
		await board.stroke(points, EVERY_MS);
	}
	const [x, y] = place(strokes);
	const drag: [number, number][] = [
		[x, y],
		[x + 20, y + 10],
		[x + 40, y + 20]
	];
	const turn = Math.floor(minute) % 4;
	if (turn === 1) await page.keyboard.press('Control+z');
	if (turn === 2 || turn === 3) {
		const tool = turn === 2 ? 'Rectangle' : 'Select and move';
		const choose = (name: string) => page.getByRole('button', { name, exact: true }).click();
		if (turn === 2) {
			await choose('Shapes');
			await page.getByRole('menuitemradio', { name: tool, exact: true }).click();
		} else await choose(tool);
		await board.stroke(turn === 2 ? drag : drag.map(([left, top]) => [left - 1, top]), EVERY_MS);
		await choose('Pen');
	}
}

async function goToNewest({ page }: BoardPage): Promise<void> {
	const pages = page.getByRole('toolbar', { name: 'Pages of the whiteboard' });
	await pages
		.getByRole('button', { name: /^Page \d+/ })
		.last()
		.click();
}

async function measure(mentor: BoardPage, learner: BoardPage, serverPid: number): Promise<Used> {
	const objects = await mentor.page.evaluate(async () => {
		const board = await window.__peerlearnRoom!.whiteboard();
		return board.state().pages.reduce((sum, { id }) => sum + board.elementsOn(id).length, 0);
	});
	return {
		...{ drawer: await heap(mentor), watcher: await heap(learner), objects },
		server: await residentOf(serverPid)
	};
}

/** What is still needed after everything else was thrown away. */
async function heap({ page }: BoardPage): Promise<Heap> {
	const session = await page.context().newCDPSession(page);
	for (let nth = 0; nth < 3; nth++) await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	let snapshot = '';
	session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (snapshot += chunk));
	await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
	await session.detach();
	return { all: usedSize / 1e6, compiled: compiledIn(snapshot) / 1e6 };
}

/** Bytes of code in a heap snapshot, whose nodes are numbers, so many a node. */
function compiledIn(snapshot: string): number {
	const { snapshot: head, nodes } = JSON.parse(snapshot) as {
		snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
		nodes: number[];
	};
	const { node_fields: fields, node_types: types } = head.meta;
	const code = types[0].indexOf('code');
	const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
	let bytes = 0;
	for (let at = 0; at < nodes.length; at += fields.length)
		if (nodes[at + type] === code) bytes += nodes[at + size]!;
	return bytes;
}

async function residentOf(pid: number): Promise<number | null> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const found = /^VmRSS:\s+(\d+) kB$/m.exec(status);
	return found ? (Number(found[1]) * 1_024) / 1e6 : null;
}

function report(start: Used, half: Used, end: Used, fresh: Used, version: string): Report {
	const page = (name: string, who: 'drawer' | 'watcher') => {
		const ratio = end[who].all / fresh[who].all;
		const data = ({ [who]: { all, compiled } }: Used) => all - compiled;
		return [
			figure(`${name}, at the start`, 'MB', start[who].all, null),
			figure('the same, after one hour', 'MB', half[who].all, null),
			figure('the same, after two hours', 'MB', end[who].all, fresh[who].all, {
				words: '≤ 1.5 of it',
				met: ratio <= 1.5
			}),
			figure('the same, without compiled program', 'MB', data(end), data(fresh))
		];
	};
	const server = [start, half, end].flatMap((used, nth) =>
		used.server === null
			? []
			: [
					figure(
						`server, ${['at the start', 'after one hour', 'after two hours'][nth]}`,
						'MB',
						used.server,
						null
					)
				]
	);
	return {
		title: `Memory over two simulated hours of drawing (Chromium ${version})`,
		ours: 'PeerLearn',
		baseline: 'just reloaded',
		figures: [...page('page of the mentor', 'drawer'), ...page('page of the learner', 'watcher'), ...server],
		notes: [
			`Objects on the board: ${start.objects}, ${half.objects}, ${end.objects}. Heaps after collecting garbage; the server’s is all it holds.`,
			'Baseline: the same page with the same board, reloaded.'
		],
		raw: { start, half, end, fresh }
	};
}
