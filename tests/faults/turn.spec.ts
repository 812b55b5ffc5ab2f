import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect, expectOneGoodCall, seenAgain, test } from '../support/callTest.ts';
import { coturn, noCoturn, TURN_ENV } from '../support/coturn.ts';
import { logWords, longestGap, saidAfter } from '../support/frameLog.ts';
import { noOwnNetwork } from '../support/ownNetwork.ts';
import { rounds } from '../support/rounds.ts';

const impossible = noOwnNetwork() ?? noCoturn();
const SENTENCE = 'Network issue, retrying media';

test.use({ worldEnv: TURN_ENV });

test.describe('a TURN server', () => {
	test.skip(impossible !== null, impossible ?? '');

	test('[N3] [N5] [C1] its death is not noticed by a direct call, UDP that is blocked goes over it by TCP, and its restart is waited for', async ({
		call,
		network,
		figure
	}) => {
		test.setTimeout(rounds(240_000, 12 * 60_000));
		const { mentor, learner } = call;
		const turn = coturn(network!.prefix);
		await turn.start();
		try {
			// The call was set up without it, and is direct.
			await expect.poll(() => pathOf(learner.page)).toEqual('host, host');
			const killedAt = Date.now();
			await turn.kill();
			await delay(1_000);
			await turn.start();
			const gap = await longestGap(learner.page, killedAt, Date.now());
			figure('direct call, longest time without a new picture', gap);
			expect(gap).toBeLessThan(1_500);

			const blockedAt = Date.now();
			network!.cutMedia();
			// What was on its way comes yet.
			const over = await seenAgain([mentor, learner], blockedAt + 1_000);
			const times = over.map((time) => time + 1_000);
			figure('N3 UDP blocked to next picture, by TURN over TCP', ...times);
			await expectOneGoodCall([mentor, learner]);
			for (const { page } of [mentor, learner])
				await expect.poll(() => pathOf(page)).toMatch(/^relay by tcp/);

			for (let round = 0; round < rounds(1, 3); round++) {
				// In the soak longer than the credentials last with which the call was set up.
				await delay(rounds(0, 150_000));
				await logWords(mentor.page, [SENTENCE]);
				await turn.kill();
				await saidAfter(mentor.page, SENTENCE, Date.now());
				await turn.start();
				const startedAt = Date.now();
				const back = await seenAgain([mentor, learner], startedAt);
				figure('N5 TURN server started to next picture', ...back);
				expect(Math.max(...back)).toBeLessThan(10_000);
				await expectOneGoodCall([mentor, learner]);
			}
		} finally {
			await turn.kill();
			network!.mend();
		}
	});

	test('[L4] [C1] the check finds it over UDP and TCP, and “Always relay” takes the call over it and back', async ({
		call,
		network
	}) => {
		const { mentor, learner } = call;
		const turn = coturn(network!.prefix);
		await turn.start();
		try {
			const { page } = mentor;
			const setup = await page.context().newPage();
			await setup.goto('/setup');
			const connection = setup.getByRole('region', { name: 'Connection' });
			await expect(connection).toContainText('Your connection is ready for a lesson.');
			for (const by of ['UDP', 'TCP'])
				await expect(connection.getByRole('listitem').filter({ hasText: `Relay over ${by}` })).toContainText(
					'Works.'
				);
			await setup.close();

			await mentor.control('More options').click();
			await page.getByRole('menuitem', { name: /^Connection details/ }).click();
			const details = page.getByRole('dialog', { name: 'Connection details' });
			const always = details.getByRole('switch', { name: 'Always relay' });
			await always.click();
			await expect.poll(() => pathOf(page)).toMatch(/^relay by/);
			await expect(details).toContainText('Relayed: sound and picture pass through a relay, encrypted.');
			await expectOneGoodCall([mentor, learner]);
			await always.click();
			await expect.poll(() => pathOf(page)).toEqual('host, host');
			await expectOneGoodCall([mentor, learner]);
		} finally {
			await turn.kill();
		}
	});
});

/** How the connected call of a page gets to the other side: its own candidate, then the other's. */
function pathOf(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const connection = window.mediaProbe.connections.find(
			({ connectionState }) => connectionState === 'connected'
		);
		const report = await connection?.getStats();
		if (!report) return 'no call';
		const stats = [...report.values()];
		const transport = stats.find(({ type }) => type === 'transport');
		const pair = report.get(transport?.selectedCandidatePairId);
		const words = ({ candidateType, relayProtocol }: { candidateType: string; relayProtocol?: string }) =>
			relayProtocol ? `${candidateType} by ${relayProtocol}` : candidateType;
		return [report.get(pair.localCandidateId), report.get(pair.remoteCandidateId)].map(words).join(', ');
	});
}
