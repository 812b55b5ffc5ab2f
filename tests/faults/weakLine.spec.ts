import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/callTest.ts';
import { logWords, saidAfter } from '../support/frameLog.ts';
import { readFlow } from '../support/mediaProbe.ts';
import { noOwnNetwork } from '../support/ownNetwork.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { SOAK } from '../support/rounds.ts';

const noNetwork = noOwnNetwork();
test.skip(noNetwork !== null, noNetwork ?? '');
const CAMERA = { width: 960, height: 540 };
test.use({ cameraSize: CAMERA });

const PAUSED = 'Your connection is weak. Video is paused, sound goes on.';

/** What a page's line in the list of people says about somebody's connection. */
async function expectQuality(
	page: RoomPage,
	of: RoomPage,
	level: string | RegExp,
	words?: string
): Promise<void> {
	const line = page.lineOf(of.person);
	await expect(
		line.getByRole('img', {
			name: new RegExp(`^Connection quality: (${level instanceof RegExp ? level.source : level})$`)
		})
	).toBeVisible({
		timeout: 30_000
	});
	if (words) await expect(line).toContainText(words);
}

/** Sound that was made up because packets were missing, as a share of the sound since the last look. */
async function listen(page: Page): Promise<{ bytes: number; samples: number; concealed: number }> {
	return page.evaluate(async () => {
		const sum = { bytes: 0, samples: 0, concealed: 0 };
		for (const connection of window.mediaProbe.connections) {
			if (connection.connectionState !== 'connected') continue;
			for (const [, stat] of await connection.getStats()) {
				if (stat.type !== 'inbound-rtp' || stat.kind !== 'audio') continue;
				sum.bytes += stat.bytesReceived;
				sum.samples += stat.totalSamplesReceived;
				sum.concealed += stat.concealedSamples - stat.silentConcealedSamples;
			}
		}
		return sum;
	});
}

function widthOf(page: RoomPage, other: RoomPage): Promise<number> {
	return page.videoOf(other.person).evaluate((video: HTMLVideoElement) => video.videoWidth);
}

const firstName = ({ person }: RoomPage) => person.name.split(' ')[0] ?? '';

test('[N7] [T5] [M3] a narrow upload: a smaller picture, then sound only, the right side named, and back', async ({
	call,
	network,
	figure
}) => {
	test.slow();
	const { mentor, learner } = call;
	// A busy machine makes the browser send less than the camera gives.
	await expect.poll(() => widthOf(learner, mentor), { timeout: 30_000 }).toBeGreaterThanOrEqual(640);
	const before300 = await widthOf(learner, mentor);

	// 300 kbit/s carry a picture, a smaller one.
	const smallAt = Date.now();
	network!.narrow('one', 300);
	await expect.poll(() => widthOf(learner, mentor), { intervals: [100] }).toBeLessThan(before300);
	figure('300 kbit/s to a smaller picture', Date.now() - smallAt);
	await expect(learner.videoOf(mentor.person)).toBeVisible();
	network!.mend();

	// 100 kbit/s carry sound.
	const theirs = `${mentor.person.name}’s video is paused: weak connection`;
	await logWords(mentor.page, [PAUSED]);
	await logWords(learner.page, [theirs]);
	const narrowAt = Date.now();
	network!.narrow('one', 100);
	figure(
		'100 kbit/s to sound only, said here and there',
		...[await saidAfter(mentor.page, PAUSED, narrowAt), await saidAfter(learner.page, theirs, narrowAt)]
	);
	await expect(learner.videoOf(mentor.person)).toBeHidden();
	await expect(learner.page.getByText(/reconnecting|retrying/)).toHaveCount(0);
	await expectQuality(mentor, mentor, 'poor', 'Your upload is weak');
	await expectQuality(learner, mentor, 'poor', `${firstName(mentor)}’s upload is weak`);
	// The other way is as good as before, and nothing is said about it.
	await expect(mentor.videoOf(learner.person)).toBeVisible();
	await expect(mentor.lineOf(learner.person)).not.toContainText('weak');
	await expect(learner.lineOf(learner.person)).not.toContainText('weak');

	// Three seconds of sound with hardly a gap; what waits in front of the narrow place goes first.
	await expect
		.poll(async () => {
			const before = await listen(learner.page);
			await delay(3_000);
			const after = await listen(learner.page);
			if (after.bytes <= before.bytes) return 1;
			return (after.concealed - before.concealed) / (after.samples - before.samples);
		})
		.toBeLessThan(0.1);

	const mendedAt = Date.now();
	network!.mend();
	await expect(learner.videoOf(mentor.person)).toBeVisible({ timeout: 40_000 });
	figure('mended to the picture', Date.now() - mendedAt);
	await expect(mentor.page.getByText(PAUSED)).toHaveCount(0);
	const { framesDecoded } = await readFlow(learner.page);
	await expect
		.poll(async () => (await readFlow(learner.page)).framesDecoded)
		.toBeGreaterThan(framesDecoded + 5);
	// Up to the top it goes slowly, which a usual run does not wait for; see sendLadder.test.ts.
	if (!SOAK) return;
	await expect.poll(() => widthOf(learner, mentor), { timeout: 60_000 }).toBe(CAMERA.width);
	figure('mended to the whole picture', Date.now() - mendedAt);
});

test('[N7] [M3] a quarter of the packets lost: sound goes on, and the right side is named', async ({
	call,
	network
}) => {
	const { mentor, learner } = call;
	await expectQuality(mentor, mentor, /excellent|good/);
	await expectQuality(learner, mentor, /excellent|good/);
	network!.lose('one', 4);
	await expectQuality(mentor, mentor, 'poor');
	await expectQuality(learner, mentor, 'poor', firstName(mentor));
	await expect(learner.lineOf(mentor.person)).toContainText(/loses packets|upload is weak/);
	await expect(mentor.lineOf(learner.person)).not.toContainText(/loses|weak/);
	const { bytes } = await listen(learner.page);
	await expect.poll(async () => (await listen(learner.page)).bytes).toBeGreaterThan(bytes);
	network!.mend();
});
