import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { firstFrameAfter, logFrames, logWords, saidAfter } from '../../tests/support/frameLog.ts';
import { noOwnNetwork } from '../../tests/support/ownNetwork.ts';
import { figure, type Figure, type Report } from './figures.ts';
import { closePages } from './lesson.ts';
import { openTwoMachines, type TwoMachines } from './twoMachines.ts';
import { median, p95 } from './statistics.ts';

const RUNS = 10;
/** Of what takes long and only stands beside it. */
const FEW = 5;
/** How long the path is cut: until everybody has been told, ms. */
const CUT = 4_500;
/** A bare connection says that it is disconnected after 6.4 to 7.3 s. */
const LONG_CUT = 8_500;
/** Between two cuts, ms. */
const SETTLING = 1_000;
const PATIENCE = 30_000;
const AWAY = 'is reconnecting';

/** Path cut → first new picture once it is back, reload → first picture, and when the other side is told. */
export async function measureMediaRecovery(): Promise<Report> {
	const impossible = noOwnNetwork();
	if (impossible) return report([], [`Not possible here: ${impossible}.`], {});
	const machines = await openTwoMachines();
	try {
		const ours = await machines.openOurs();
		const told: number[] = [];
		const redial = await repeat(RUNS, () => cutOurs(machines, ours, told));
		const dead = await repeat(FEW, () => cut(machines, ours, 'all', CUT));
		const reloads = await repeat(RUNS, (nth) => reload(ours, nth));
		await machines.peerServer.kill();
		const spare = await repeat(RUNS, () => cut(machines, ours, 'media', CUT));
		await closePages(ours);

		const restarting = await machines.openBare('restart');
		const restart = await repeat(RUNS, () => cut(machines, restarting, 'media', CUT));
		await closePages(restarting);

		const bare = await machines.openBare('alone');
		const bareReloads = await repeat(RUNS, (nth) => reload(bare, nth));
		const alone = await repeat(FEW, () => cut(machines, bare, 'media', CUT));
		const disconnected: number[] = [];
		for (let nth = 0; nth < 3; nth++) disconnected.push(await untilDisconnected(machines, bare));
		await closePages(bare);

		const met = (values: number[], middle: number, slow: number) => ({
			words: `≤ ${middle} / ${slow} ms`,
			met: median(values) <= middle && p95(values) <= slow
		});
		const figures = [
			...both('path back → picture, by the PeerServer', redial, restart, met(redial, 500, 1_500)),
			...both('path back → picture, over our own socket', spare, restart, met(spare, 500, 1_500)),
			...both('reload → picture', reloads, bareReloads, met(reloads, 5_000, 5_000)),
			...both('cut → the other side is told', told, disconnected, met(told, 5_000, 5_000)),
			...both('dead link back → picture', dead, null, met(dead, 3_000, 3_000))
		];
		const notes = [
			`A bare connection that is left alone: ${Math.round(median(alone))} ms median, ${Math.round(p95(alone))} ms slowest of ${FEW}.`,
			'The baseline restarts ICE over a bare `ws` after two seconds without a packet, as we call anew; told: its connectionState.'
		];
		return report(figures, notes, {
			redial,
			spare,
			restart,
			alone,
			dead,
			reloads,
			bareReloads,
			told,
			disconnected
		});
	} finally {
		await machines.close();
	}
}

function both(
	name: string,
	values: number[],
	baseline: number[] | null,
	aim: { words: string; met: boolean }
): Figure[] {
	return [
		figure(`${name}, median`, 'ms', median(values), baseline && median(baseline), aim),
		figure(`${name}, p95 of ${values.length}`, 'ms', p95(values), baseline && p95(baseline))
	];
}

async function repeat<T>(times: number, run: (nth: number) => Promise<T>): Promise<T[]> {
	const values: T[] = [];
	for (let nth = 0; nth < times; nth++) {
		values.push(await run(nth));
		await delay(SETTLING);
	}
	return values;
}

async function cutOurs(machines: TwoMachines, pages: Page[], told: number[]): Promise<number> {
	for (const page of pages) await logWords(page, [AWAY]);
	const cutAt = Date.now();
	const back = await cut(machines, pages, 'media', CUT);
	told.push(Math.max(...(await Promise.all(pages.map((page) => saidAfter(page, AWAY, cutAt))))));
	return back;
}

/** Cuts, mends, and answers how long after that both see a new picture, ms. */
async function cut(
	{ network }: TwoMachines,
	pages: Page[],
	what: 'media' | 'all',
	ms: number
): Promise<number> {
	if (what === 'media') network.cutMedia();
	else network.cutAll();
	await delay(ms);
	const mendedAt = Date.now();
	network.mend();
	return Math.max(...(await Promise.all(pages.map((page) => seen(page, mendedAt)))));
}

/** One page after the other is loaded anew; until it sees somebody, ms. */
async function reload(pages: Page[], nth: number): Promise<number> {
	const page = pages[nth % pages.length]!;
	const from = Date.now();
	await page.reload({ waitUntil: 'commit' });
	await logFrames(page, /^Video of /);
	const after = await seen(page, from);
	// To the other one this is another call, shown in another element.
	for (const other of pages) if (other !== page) await logFrames(other, /^Video of /);
	return after;
}

async function untilDisconnected(machines: TwoMachines, pages: Page[]): Promise<number> {
	const cutAt = Date.now();
	await cut(machines, pages, 'media', LONG_CUT);
	const times = pages.map((page) =>
		page.evaluate(
			(from) => ((window as { disconnectedAt?: number[] }).disconnectedAt ?? []).find((at) => at > from),
			cutAt
		)
	);
	return Math.max(...(await Promise.all(times)).map((at) => (at ?? Infinity) - cutAt));
}

async function seen(page: Page, instant: number): Promise<number> {
	const givesUpAt = Date.now() + PATIENCE;
	for (;;) {
		const after = await firstFrameAfter(page, instant);
		if (after !== null) return after;
		if (Date.now() > givesUpAt) throw new Error('No picture came back.');
		await delay(50);
	}
}

function report(figures: Figure[], notes: string[], raw: unknown): Report {
	return {
		title: `A call that is cut for ${CUT / 1_000} s, between two machines (until both see each other)`,
		ours: 'PeerLearn',
		baseline: 'bare, ICE restart',
		figures,
		notes,
		raw
	};
}
