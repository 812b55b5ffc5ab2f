import { expect, expectOneGoodCall, seenAgain, test, type Call } from '../support/callTest.ts';
import { logFrames, logWords, saidAfter } from '../support/frameLog.ts';
import { pictureSize, readFlow } from '../support/mediaProbe.ts';
import { createRoomPage, type RoomPage } from '../support/roomPage.ts';
import { measured, rounds, SOAK } from '../support/rounds.ts';
import type { World } from '../support/world.ts';

const MEDIA_BACK = 5_000;

/** The pages reload together; for each the time from then to the first picture of the other, ms. */
async function reload(reloading: readonly RoomPage[], { mentor, learner }: Call): Promise<number[]> {
	const from = Date.now();
	await Promise.all(reloading.map(({ page }) => page.reload({ waitUntil: 'commit' })));
	await Promise.all(
		reloading.map((one) => logFrames(one.page, `Video of ${(one === mentor ? learner : mentor).person.name}`))
	);
	return seenAgain(reloading, from);
}

/** How far the shown time is from the true one, seconds. */
async function timerError({ timer }: RoomPage, world: World, { lesson }: Call): Promise<number> {
	const { startedAt } = await world.session(lesson);
	const [hours = 0, minutes = 0, seconds = 0] = (await timer.textContent())!.trim().split(':').map(Number);
	const shown = hours * 3_600 + minutes * 60 + seconds;
	return Math.abs((Date.now() - startedAt!.getTime()) / 1_000 - shown);
}

async function lastEntry(world: World, { lesson }: Call): Promise<unknown[]> {
	const entry = (await world.log(lesson)).at(-1);
	return [entry?.type, entry?.payload];
}

test('[P1] [T8] one reloads, then the other, then both at once: the call is back within 5 s, with exactly one connection', async ({
	call,
	figure
}) => {
	const many = rounds(1, 50);
	test.setTimeout(180_000 + many * 15_000);
	const { mentor, learner } = call;
	for (const one of [learner, mentor]) {
		const [time = Infinity] = await reload([one], call);
		figure('one reloads, to the first picture', time);
		expect(time).toBeLessThan(MEDIA_BACK);
		await expectOneGoodCall([mentor, learner]);
	}
	const times: number[] = [];
	for (let round = 0; round < many; round += 1) {
		const both = await reload([mentor, learner], call);
		times.push(...both);
		expect(Math.max(...both)).toBeLessThan(MEDIA_BACK);
		await expectOneGoodCall([mentor, learner]);
	}
	figure('both reload, to the first picture', ...times);
	if (SOAK) measured('[P1] both reload at once: first picture', 'ms', times, '≤ 5 s');
});

test('[P3] one reloads while the other shares: the share is seen again, whole', async ({ call, figure }) => {
	const { mentor, learner } = call;
	const label = `Video of ${mentor.person.name}`;
	await mentor.control('Share screen').click();
	await expect.poll(() => pictureSize(learner.page, label)).toEqual([1280, 720]);
	figure('reload to the first picture of the share', ...(await reload([learner], call)));
	await expect.poll(() => pictureSize(learner.page, label)).toEqual([1280, 720]);
	await expect(learner.videoOf(mentor.person)).toHaveCSS('object-fit', 'contain');
	const before = (await readFlow(learner.page)).framesDecoded;
	await expect.poll(async () => (await readFlow(learner.page)).framesDecoded).toBeGreaterThan(before + 5);
	await expectOneGoodCall([mentor, learner]);
	await expect(mentor.control('Stop sharing')).toBeVisible();
});

test('[P4] [T9] a second tab, then a second device: the newest has the seat, and the only call', async ({
	call,
	open,
	launchFreezable
}) => {
	const { lesson, mentor, learner } = call;
	const tab = createRoomPage(await learner.page.context().newPage(), learner.person);
	// The same browser remembers seat and devices; a new one is asked for them.
	await tab.goTo(lesson);
	await expect(learner.button('Continue here')).toBeVisible();
	await expectOneGoodCall([mentor, tab]);
	const { browser } = await launchFreezable('two');
	const device = await open(learner.person, { browser });
	await device.goTo(lesson);
	await device.turnOnDevices();
	await device.button('Join session').click();
	await expect(tab.button('Continue here')).toBeVisible();
	await expectOneGoodCall([mentor, device]);
	// And back to the first one, which asks for nothing.
	await learner.button('Continue here').click();
	await expect(device.button('Continue here')).toBeVisible();
	await expectOneGoodCall([mentor, learner]);
	for (const { page } of [tab, device]) await expect.poll(async () => (await readFlow(page)).calls).toBe(0);
	await expect(mentor.page.getByText('2 in the room')).toBeVisible();
});

test('[P9] [T8] a laptop that slept longer than its seat was kept: all is back by itself', async ({
	call,
	world,
	figure
}) => {
	const { mentor, learner, browsers } = call;
	const asleepAt = Date.now();
	browsers[1].freeze();
	try {
		await expect
			.poll(() => lastEntry(world, call), { intervals: [200] })
			.toEqual(['learner.leave', { reason: 'lost', since: expect.any(Number) }]);
		const gone = Date.now() - asleepAt;
		figure('frozen to learner.leave', gone);
		expect(gone).toBeLessThan(15_000);
		await expect(mentor.page.getByText('1 in the room')).toBeVisible();
	} finally {
		browsers[1].thaw();
	}
	const awakeAt = Date.now();
	await expect.poll(() => timerError(learner, world, call), { timeout: 2_000 }).toBeLessThan(1.6);
	figure('awake to the right time', Date.now() - awakeAt);
	// The picture of somebody who had left is another element than before.
	await logFrames(mentor.page, `Video of ${learner.person.name}`);
	figure('awake to next picture', ...(await seenAgain([learner, mentor], awakeAt)));
	await expectOneGoodCall([mentor, learner]);
	await expect(mentor.page.getByText('2 in the room')).toBeVisible();
	expect((await world.session(call.lesson)).status).toBe('live');
});

test('[T8] a browser that crashes: reconnecting within 5 s, left within 15 s, and the same seat again', async ({
	call,
	world,
	open,
	launchFreezable,
	figure
}) => {
	const { lesson, mentor, learner, browsers } = call;
	const sentence = `${learner.person.name} is reconnecting`;
	await logWords(mentor.page, [sentence]);
	const crashedAt = Date.now();
	browsers[1].kill();
	const shown = await saidAfter(mentor.page, sentence, crashedAt);
	await expect
		.poll(() => lastEntry(world, call), { intervals: [200] })
		.toEqual(['learner.leave', { reason: 'lost', since: expect.any(Number) }]);
	const gone = Date.now() - crashedAt;
	figure('crash to “is reconnecting”, to learner.leave', shown, gone);
	expect(shown).toBeLessThan(5_000);
	expect(gone).toBeLessThan(15_000);
	await expect(mentor.page.getByText('1 in the room')).toBeVisible();

	const { browser } = await launchFreezable('two');
	const back = await open(learner.person, { browser });
	await back.goTo(lesson);
	await back.button('Join session').click();
	await expect(mentor.page.getByText('2 in the room')).toBeVisible();
	await expect(back.videoOf(mentor.person)).toBeVisible();
	await back.control('Turn camera on').click();
	await back.control('Unmute microphone').click();
	await expectOneGoodCall([mentor, back]);
	await expect.poll(() => timerError(back, world, call)).toBeLessThan(1.6);
	const present = (await world.attendance(lesson)).filter(({ leftAt }) => leftAt === null);
	expect(present.map(({ userId }) => userId).sort()).toEqual([mentor.person.id, learner.person.id].sort());
});
