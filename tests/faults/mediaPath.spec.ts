import { setTimeout as delay } from 'node:timers/promises';
import { expect, expectOneGoodCall, seenAgain, test } from '../support/callTest.ts';
import { logWords, longestGap, saidAfter } from '../support/frameLog.ts';
import { expectToSeeAndHear } from '../support/mediaProbe.ts';
import { noOwnNetwork } from '../support/ownNetwork.ts';

/** The machine that runs these also runs both browsers: what is far below its aim on an idle one may wait here, ms. */
const TROUBLE_SHOWN = 5_000;
const noNetwork = noOwnNetwork();

test.describe('the path between the browsers', () => {
	test.skip(noNetwork !== null, noNetwork ?? '');

	test('[T4] [T1] cut: it is said, the chat goes on, and media is back as soon as the path is', async ({
		call,
		network,
		figure
	}) => {
		const { mentor, learner, sides } = call;
		for (const [{ page }, other] of sides)
			await logWords(page, ['Network issue, retrying media', `${other.person.name} is reconnecting`]);
		const cutAt = Date.now();
		network!.cutMedia();
		const shown: number[] = [];
		for (const [page, other] of sides) {
			await saidAfter(page.page, 'Network issue, retrying media', cutAt);
			shown.push(await saidAfter(page.page, `${other.person.name} is reconnecting`, cutAt));
			await expect(page.videoOf(other.person)).toBeHidden();
		}
		figure('trouble shown after', ...shown);
		expect(Math.max(...shown)).toBeLessThan(TROUBLE_SHOWN);
		await mentor.control('Open chat').click();
		await mentor.say('Do you read me?');
		await learner.control(/^Open chat/).click();
		await expect(learner.chat.getByText('Do you read me?')).toBeVisible();

		const mendedAt = Date.now();
		network!.mend();
		const times = await seenAgain([mentor, learner], mendedAt);
		figure('path back to next picture', ...times);
		expect(Math.max(...times)).toBeLessThan(1_500);
		await expectOneGoodCall([mentor, learner]);
	});
});

test('[N4] a PeerServer that is killed and started again is not noticed in a call', async ({
	call,
	peerServer,
	figure
}) => {
	const { mentor, learner } = call;
	const from = Date.now();
	await peerServer.kill();
	await delay(2_000);
	await peerServer.start();
	await delay(2_000);
	const gaps = await Promise.all([mentor, learner].map(({ page }) => longestGap(page, from, Date.now())));
	figure('longest time without a new picture', ...gaps);
	expect(Math.max(...gaps)).toBeLessThan(1_500);
	for (const { page } of [mentor, learner]) {
		await expect(page.getByText(/[Rr]econnecting|retrying/)).toHaveCount(0);
		await expectToSeeAndHear(page);
	}
	// New calls can be set up again.
	await learner.page.reload();
	await expectOneGoodCall([mentor, learner]);
});

test('[N4] [C4] without a PeerServer one comes in and writes; the call is made as soon as it is there', async ({
	world,
	open,
	launchFreezable,
	peerServer,
	figure
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await Promise.all(
		(
			[
				['one', lesson.mentor],
				['two', lesson.learners[0]!]
			] as const
		).map(async ([where, person]) => {
			const { browser } = await launchFreezable(where);
			return open(person, { browser, expectErrors: /WebSocket|ERR_|50[0-9]/ });
		})
	);
	const people = [mentor!, learner!];
	await peerServer.kill();
	try {
		for (const person of people) {
			await person.goTo(lesson);
			await person.turnOnDevices();
		}
		await mentor!.button('Start session').click();
		for (const person of people) {
			await expect(person.page.getByRole('region', { name: 'Stage' })).toContainText('Connecting…');
			await person.control('Open chat').click();
		}
		await learner!.say('I hear nothing yet');
		await expect(mentor!.chat).toContainText('I hear nothing yet');
	} finally {
		await peerServer.start();
	}
	const startedAt = Date.now();
	for (const person of people) {
		await person.inCall();
		await expectToSeeAndHear(person.page);
	}
	figure('PeerServer there to a call that is seen and heard', Date.now() - startedAt);
});

test('[T4] [T8] a frozen browser is shown as reconnecting, and comes back where it was', async ({
	call,
	figure
}) => {
	const { mentor, learner, browsers } = call;
	const sentence = `${learner.person.name} is reconnecting`;
	await logWords(mentor.page, [sentence]);
	const frozenAt = Date.now();
	browsers[1].freeze();
	try {
		const shown = await saidAfter(mentor.page, sentence, frozenAt);
		figure('trouble shown after', shown);
		expect(shown).toBeLessThan(TROUBLE_SHOWN);
		await expect(mentor.videoOf(learner.person)).toBeHidden();
		await delay(3_000);
	} finally {
		browsers[1].thaw();
	}
	const thawedAt = Date.now();
	figure('thawed to next picture', ...(await seenAgain([mentor, learner], thawedAt)));
	await expectOneGoodCall([mentor, learner]);
});
