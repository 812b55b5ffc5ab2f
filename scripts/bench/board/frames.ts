import { figure, type Figure, type Report } from '../figures.ts';
import { median } from '../statistics.ts';
import { openBoards, type BoardPage } from './boards.ts';

const SIZES = [0, 1_000, 5_000];
const ROUNDS = 3;
/** So many fewer are there at first: a board takes 5,000, and what is drawn has to find room. */
const ROOM_FOR_MORE = 20;
/** A pen that never rests, for about four seconds. */
const STROKE = { points: 240, everyMs: 16 };

interface Counted {
	/** A second. */
	frames: number;
	/** Longest time without a picture, ms. */
	gap: number;
}

/** How smoothly one draws on a full board, and how smoothly it goes on while somebody else does. */
export async function measureFrames(): Promise<Report> {
	const boards = await openBoards(SIZES.map(atFirst));
	const figures: Figure[] = [];
	const raw: Record<string, { ours: Counted[]; baseline: Counted[] }> = {};
	try {
		for (const objects of SIZES) {
			// Somebody else is there, so that ink goes out, with their board closed: the machine is for one page.
			const other = await boards.ours(atFirst(objects), 'learner');
			const ours: Counted[] = [];
			const baseline: Counted[] = [];
			for (let nth = 0; nth < ROUNDS; nth++) {
				const mine = await boards.ours(atFirst(objects), 'mentor');
				await mine.open();
				const size = await mine.size();
				ours.push(await drawAndCount(mine, mine, size));
				await mine.close();
				const bare = await boards.bare(atFirst(objects), size, null);
				await bare.open();
				baseline.push(await drawAndCount(bare, bare, size));
				await bare.close();
			}
			await other.close();
			raw[objects] = { ours, baseline };
			figures.push(...compare(`drawing, ${objects} objects`, ours, baseline));
		}
		const most = SIZES.at(-1)!;
		const [drawer, watcher] = [
			await boards.ours(atFirst(most), 'mentor'),
			await boards.ours(atFirst(most), 'learner')
		];
		await Promise.all([drawer.open(), watcher.open()]);
		const size = await drawer.size();
		const ours = [await drawAndCount(drawer, watcher, size)];
		await Promise.all([drawer.close(), watcher.close()]);
		const [bareDrawer, bareWatcher] = [
			await boards.bare(atFirst(most), size, 'frames'),
			await boards.bare(atFirst(most), size, 'frames')
		];
		await bareDrawer.open();
		await bareWatcher.open();
		const baseline = [await drawAndCount(bareDrawer, bareWatcher, size)];
		raw.watching = { ours, baseline };
		figures.push(...compare(`watching, ${most} objects`, ours, baseline));
	} finally {
		await boards.close();
	}
	return {
		title: `Pictures a second while somebody draws (${ROUNDS} alternating rounds, Chromium ${boards.browser.version()})`,
		ours: 'PeerLearn',
		baseline: 'Excalidraw',
		figures,
		notes: [
			'The same objects on canvases of the same size, all in sight; the browser draws without a graphics card.',
			'Drawing: against Excalidraw that sends nothing to anybody. Watching: against whole elements every 50 ms.'
		],
		raw
	};
}

function atFirst(objects: number): number {
	return Math.max(0, objects - ROOM_FOR_MORE);
}

async function drawAndCount(
	drawer: BoardPage,
	watcher: BoardPage,
	{ width, height }: { width: number; height: number }
): Promise<Counted> {
	// What is drawn for the first time has been drawn.
	await watcher.page.evaluate(() => window.boardProbe.calm());
	await watcher.page.evaluate(() => void window.boardProbe.countFrames());
	await drawer.stroke(roundAndRound(width, height), STROKE.everyMs);
	const frames = await watcher.page.evaluate(() => window.boardProbe.countFrames());
	const gaps = frames.slice(1).map((at, nth) => at - frames[nth]!);
	return { frames: (1_000 * gaps.length) / (frames.at(-1)! - frames[0]!), gap: Math.max(...gaps) };
}

function roundAndRound(width: number, height: number): [number, number][] {
	return Array.from({ length: STROKE.points }, (_, nth) => [
		width / 2 + width * 0.4 * Math.cos(nth / 12),
		height / 2 + height * 0.35 * Math.sin(nth / 10)
	]);
}

function compare(name: string, ours: Counted[], baseline: Counted[]): Figure[] {
	const middle = (all: Counted[], of: keyof Counted) => median(all.map((one) => one[of]));
	const ratio = middle(ours, 'frames') / middle(baseline, 'frames');
	return [
		figure(name, '/s', middle(ours, 'frames'), middle(baseline, 'frames'), {
			words: '≥ 0.9 of it',
			met: ratio >= 0.9
		}),
		figure('the same, longest gap', 'ms', middle(ours, 'gap'), middle(baseline, 'gap'))
	];
}
