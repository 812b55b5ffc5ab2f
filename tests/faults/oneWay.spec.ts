import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect, expectOneGoodCall, seenAgain, test } from '../support/callTest.ts';
import { logWords, longestGap, saidAfter } from '../support/frameLog.ts';
import { noOwnNetwork } from '../support/ownNetwork.ts';
import { measured, rounds } from '../support/rounds.ts';

const noNetwork = noOwnNetwork();
const MINUTE = 60_000;

/** From now on: resolves when the PeerServer has said something over a new connection. */
function hearsPeerServer(page: Page): Promise<void> {
	return new Promise((done) =>
		page.on('websocket', (socket) => {
			if (socket.url().includes('/peerjs')) socket.once('framereceived', () => done());
		})
	);
}

test.describe('half of a connection', () => {
	test.skip(noNetwork !== null, noNetwork ?? '');

	test('[N6] [T1] media dies one way only, then the socket only: each is noticed and repaired, neither takes the other along', async ({
		world,
		call,
		network,
		figure
	}) => {
		test.setTimeout(4 * MINUTE);
		const { mentor, learner } = call;
		const noticed = ['Network issue, retrying media', `${learner.person.name} is reconnecting`];
		await logWords(mentor.page, noticed);
		let cutAt = Date.now();
		network!.cutMediaFrom('two');
		const shown = [];
		for (const words of noticed) shown.push(await saidAfter(mentor.page, words, cutAt));
		figure('N6 media dead one way: shown after', ...shown);
		expect(Math.max(...shown)).toBeLessThan(5_000);
		await expect(mentor.videoOf(learner.person)).toBeHidden();
		let mendedAt = Date.now();
		network!.mend();
		figure('N6 one way mended to next picture', ...(await seenAgain([mentor], mendedAt)));
		await expectOneGoodCall([mentor, learner]);

		const presence = `${learner.person.name} is reconnecting`;
		await logWords(mentor.page, [presence]);
		await logWords(learner.page, ['Reconnecting…']);
		cutAt = Date.now();
		network!.cutTcp('two', Number(new URL(world.url).port));
		figure('N6 socket dead: the one is told after', await saidAfter(learner.page, 'Reconnecting…', cutAt));
		const told = await saidAfter(mentor.page, presence, cutAt);
		figure('N6 socket dead: the other one is told after', told);
		expect(told).toBeLessThan(5_000);
		// Media flows: they are still seen.
		await expect(mentor.videoOf(learner.person)).toBeVisible();
		mendedAt = Date.now();
		network!.mend();
		await expectOneGoodCall([mentor, learner]);
		figure('N6 socket mended to all well', Date.now() - mendedAt);
		const gaps = await Promise.all([mentor, learner].map(({ page }) => longestGap(page, cutAt, Date.now())));
		figure('longest time without a new picture', ...gaps);
		expect(Math.max(...gaps)).toBeLessThan(1_500);
	});

	test('[P2] [T4] the PeerServer is dead: over the app’s own socket both call each other at the same moment, and it is one connection', async ({
		call,
		network,
		peerServer,
		figure
	}) => {
		const tries = rounds(1, 100);
		test.setTimeout(3 * MINUTE + tries * 20_000);
		const { mentor, learner } = call;
		const cut = async (ms: number) => {
			network!.cutMedia();
			await delay(ms);
			const mendedAt = Date.now();
			network!.mend();
			const times = await seenAgain([mentor, learner], mendedAt);
			await expectOneGoodCall([mentor, learner]);
			return times;
		};
		// Without it neither side waits for the other: both call as soon as they hear nothing.
		await peerServer.kill();
		const times: number[] = [];
		for (let round = 0; round < tries; round++) times.push(...(await cut(2_700)));
		// Until the first ones have been given up.
		figure('path back to next picture without the PeerServer', ...(await cut(4_000)));
		const back = [mentor, learner].map(({ page }) => hearsPeerServer(page));
		await peerServer.start();
		await Promise.all(back);
		await expectOneGoodCall([mentor, learner]);
		measured('P2 both called, path back to next picture', 'ms', times, '≤ 1.5 s p95');
		measured('P2 rounds with one connection', '', tries, '');
	});
});
