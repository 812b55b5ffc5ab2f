import { getStroke } from 'perfect-freehand';
import { figure, type Report } from '../figures.ts';
import { median, p95 } from '../statistics.ts';
import { openBoards, type BoardPage, type Boards } from './boards.ts';
import type { BoardProbe } from './probe.ts';

/** Fast strokes straight across, one below the other. */
const ROWS = 12;
const STEP = 12;
const EVERY_MS = 16;
/** The long stroke: 300 points in 8 s. */
const LONG = { points: 300, everyMs: 8_000 / 299 };
/** What it may cost whoever draws, kB of 1,000 bytes. */
const AIM = 50;

interface Measured {
	delays: number[];
	/** kB of the long stroke, the finished element and all answers included. */
	sent: number;
	received: number;
}

/** How soon a stroke shows on the other side, and what it costs, against whole elements that go back and forth. */
export async function measureInk(): Promise<Report> {
	const boards = await openBoards([0]);
	try {
		const ours = await measureOurs(boards);
		const baseline = await measureBare(boards, ours.size);
		return report(ours, baseline, boards.browser.version());
	} finally {
		await boards.close();
	}
}

async function measureOurs(boards: Boards): Promise<Measured & { size: { width: number; height: number } }> {
	const drawer = await boards.ours(0, 'mentor');
	const watcher = await boards.ours(0, 'learner');
	await Promise.all([drawer.open(), watcher.open()]);
	const size = await drawer.size();
	const measured = await measurePair(drawer, watcher, size);
	return { ...measured, size };
}

async function measureBare(boards: Boards, size: { width: number; height: number }): Promise<Measured> {
	const [drawer, watcher] = [await boards.bare(0, size, 'ink'), await boards.bare(0, size, 'ink')];
	await Promise.all([drawer.open(), watcher.open()]);
	return measurePair(drawer, watcher, size);
}

async function measurePair(
	drawer: BoardPage,
	watcher: BoardPage,
	{ width, height }: { width: number; height: number }
): Promise<Measured> {
	const across = (y: number, step: number): [number, number][] =>
		Array.from({ length: Math.floor((width * 0.9) / step) }, (_, nth) => [10 + nth * step, y]);
	const delays: number[] = [];
	for (let nth = 0; nth < ROWS; nth++) {
		const y = Math.round(height * 0.1 + (nth * height * 0.6) / ROWS);
		for (const { page } of [drawer, watcher])
			await page.evaluate((row) => window.boardProbe.watchRow(row), y);
		await drawer.stroke(across(y, STEP), EVERY_MS);
		await drawer.settled();
		const pointed = await drawer.page.evaluate(() => window.boardProbe.pointed);
		const reached = await watcher.page.evaluate(() => window.boardProbe.reached);
		// The first strokes warm up both pages.
		if (nth >= 2) delays.push(...delaysOf(pointed, reached));
	}
	const before = { ...drawer.traffic };
	const y = Math.round(height * 0.85);
	await watcher.page.evaluate((row) => window.boardProbe.watchRow(row), y);
	await drawer.stroke(wave(width, y), LONG.everyMs);
	await drawer.settled();
	await drawer.quiet();
	const { traffic } = drawer;
	await Promise.all([drawer.close(), watcher.close()]);
	return {
		delays,
		sent: (traffic.sent - before.sent) / 1_000,
		received: (traffic.received - before.received) / 1_000
	};
}

function wave(width: number, y: number): [number, number][] {
	return Array.from({ length: LONG.points }, (_, nth) => [
		10 + (nth * (width - 20)) / LONG.points,
		y + 20 * Math.sin(nth / 8)
	]);
}

/**
 * From each event to the picture in which the other side's ink reached as far as the stroke does with that point. Both
 * smooth a stroke alike, so that its end lags behind the pointer; how far it reaches is computed as they do.
 */
export function delaysOf(pointed: BoardProbe['pointed'], reached: BoardProbe['reached']): number[] {
	const ends = pointed.map((_, nth) => endOf(pointed.slice(0, nth + 1).map(({ x, y }) => [x, y])));
	return pointed.flatMap(({ at }, nth) => {
		const [before, end] = [ends[nth - 1], ends[nth]!];
		if (before === undefined || end < before + STEP / 3) return [];
		const seen = reached.find(({ x }) => x >= (before + end) / 2);
		return seen ? [seen.at - at] : [];
	});
}

function endOf(points: [number, number][]): number {
	const edge = getStroke(points, {
		...{
			simulatePressure: true,
			size: 2 * 4.25,
			thinning: 0.6,
			smoothing: 0.5,
			streamline: 0.5,
			last: false
		},
		easing: (pressure) => Math.sin((pressure * Math.PI) / 2)
	});
	return Math.max(...edge.map(([x]) => x!));
}

function report(ours: Measured, baseline: Measured, version: string): Report {
	const slowest = p95(ours.delays);
	return {
		title: `A stroke on the other side (${ours.delays.length} points of fast strokes, Chromium ${version})`,
		ours: 'PeerLearn',
		baseline: 'whole elements',
		figures: [
			figure('pointer → remote pixel, median', 'ms', median(ours.delays), median(baseline.delays)),
			figure('the same, p95', 'ms', slowest, p95(baseline.delays), {
				words: '≤ 150 ms',
				met: slowest <= 150
			}),
			figure('300 points in 8 s, sent', 'kB', ours.sent, baseline.sent, {
				words: `≤ ${AIM} kB`,
				met: ours.sent <= AIM
			}),
			figure('the same, answers received', 'kB', ours.received, baseline.received)
		],
		notes: [
			'Baseline: Excalidraw with whole elements every 50 ms over a bare ws relay; it stores and checks nothing.'
		],
		raw: { ours, baseline }
	};
}
