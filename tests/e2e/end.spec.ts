import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/lessonTest.ts';
import { trackStates } from '../support/mediaProbe.ts';
import { expectToast } from '../support/noticeLog.ts';
import type { RoomPage } from '../support/roomPage.ts';

async function expectReleased({ page }: RoomPage): Promise<void> {
	for (const source of ['microphone', 'camera'] as const)
		await expect.poll(async () => new Set(await trackStates(page, source))).toEqual(new Set(['ended']));
	const states = () =>
		page.evaluate(() => window.mediaProbe.connections.map((connection) => connection.connectionState));
	await expect.poll(async () => new Set(await states())).toEqual(new Set(['closed']));
}

test('[C3] [Y2] ending asks first: “Cancel” has the focus, Escape and “Cancel” change nothing', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson);
	const question = mentor.page.getByRole('alertdialog', { name: 'End session?' });
	const cancel = question.getByRole('button', { name: 'Cancel', exact: true });
	for (const close of [() => mentor.page.keyboard.press('Escape'), () => cancel.click()]) {
		await mentor.control('End session').click();
		await expect(cancel).toBeFocused();
		await expect(question.getByRole('button', { name: 'End for everyone', exact: true })).toBeVisible();
		await close();
		await expect(question).toHaveCount(0);
		await expect(mentor.control('End session')).toBeFocused();
	}
	expect((await world.session(lesson)).status).toBe('live');
	await expect(learner.toolbar).toBeVisible();
	await expect(learner.control('End session')).toHaveCount(0);
});

test(
	'[F1] the scheduled end comes for everybody by itself within 2 s',
	{ tag: '@alone' },
	async ({ world, inCall }) => {
		const lesson = await world.classroom({ startsIn: -60 });
		const [mentor, learner] = await inCall(lesson);
		const endsAt = await world.endsIn(lesson, 2);
		await expect(learner.page.getByRole('dialog', { name: 'Rate your mentor' })).toBeVisible();
		expect(Date.now() - endsAt.getTime()).toBeLessThan(3_500);
		await expect(mentor.page.getByRole('dialog')).toBeVisible();
		for (const person of [mentor, learner]) await expectReleased(person);
		expect(await world.session(lesson)).toMatchObject({
			status: 'completed',
			endReason: 'time',
			endedAt: endsAt
		});
		expect(await world.ledger(lesson)).toMatchObject([{ amountMinor: 3_500 }]);
	}
);

test('[F3] [F6] the mentor hands over files and rates; the learner finds them in the recap', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	await learner.control('Open chat').click();
	await learner.say('Thank you, see https://example.org/more');
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	for (const person of [mentor, learner]) await expectReleased(person);

	const dialog = mentor.page.getByRole('dialog');
	const noise = Buffer.alloc(300_000, 'peerlearn');
	await dialog.getByLabel('Choose files').setInputFiles([
		{ name: 'notes ä “1”.txt', mimeType: 'text/plain', buffer: Buffer.from('the notes') },
		{ name: 'noise.bin', mimeType: 'application/octet-stream', buffer: noise },
		{ name: 'wrong.txt', mimeType: 'text/plain', buffer: Buffer.from('wrong one') }
	]);
	for (const name of ['notes ä “1”.txt', 'noise.bin', 'wrong.txt'])
		await expect(dialog.getByRole('link', { name: new RegExp(name.replace(/[“”]/g, '.')) })).toBeVisible();
	await dialog.getByRole('button', { name: 'Remove wrong.txt' }).click();
	const question = mentor.page.getByRole('alertdialog', { name: 'Remove this file?' });
	await question.getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(dialog.getByRole('link', { name: /wrong/ })).toHaveCount(0);
	await dialog.getByRole('button', { name: 'Close', exact: true }).click();
	await expect(mentor.page).toHaveURL(/\/recap$/);

	// It can be done later from the recap.
	await mentor.page.getByRole('radio', { name: '4 stars' }).check();
	await mentor.page.getByLabel('Comment').fill('Well prepared');
	await mentor.button('Send feedback').click();
	await expectToast(mentor.page, 'Thank you for your feedback');
	expect(await world.ratings(lesson)).toMatchObject([{ stars: 4, comment: 'Well prepared' }]);

	// Closing without rating is allowed.
	await learner.page.getByRole('dialog', { name: 'Rate your mentor' }).press('Escape');
	await expect(learner.page).toHaveURL(/\/recap$/);
	await learner.page.reload();
	const { page } = learner;
	await expect(page.getByRole('heading', { level: 1, name: lesson.title })).toBeVisible();
	await expect(page.getByText('Thank you, see https://example.org/more')).toBeVisible();
	await expect(page.getByRole('link', { name: /wrong/ })).toHaveCount(0);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: /noise\.bin/ }).click()
	]);
	const bytes = await readFile(await download.path());
	const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
	expect(download.suggestedFilename()).toBe('noise.bin');
	expect(sha256(bytes)).toBe(sha256(noise));
	await expect(page.getByRole('radio', { name: '5 stars' })).toBeVisible();
	await expect(page.getByText('€35.00')).toHaveCount(0);
	await expect(mentor.page.getByText('€35.00')).toBeVisible();
});

test('[F3] feedback without stars is explained and keeps what was typed', async ({ world, inRoom }) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson);
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	const dialog = learner.page.getByRole('dialog', { name: 'Rate your mentor' });
	await dialog.getByLabel('Comment').fill('Only words');
	await dialog.getByRole('button', { name: 'Send feedback' }).click();
	await expect(dialog.getByRole('alert')).toHaveText('Choose one to five stars.');
	await expect(dialog.getByLabel('Comment')).toHaveValue('Only words');
	await expect(dialog.getByRole('radiogroup', { name: 'Rating' })).toBeVisible();
	await dialog.getByRole('radio', { name: '1 star', exact: true }).check();
	await dialog.getByRole('button', { name: 'Send feedback' }).click();
	await expect(learner.page).toHaveURL(/\/recap$/);
	expect(await world.ratings(lesson)).toMatchObject([{ stars: 1, comment: 'Only words' }]);
});

test('[F1] [E2] whoever left before the end finds the recap; nobody gets into the room again', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson);
	await learner.control('Leave session').click();
	await expect(learner.page.getByRole('heading', { name: 'You left' })).toBeVisible();
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	await expect(learner.page.getByRole('dialog', { name: 'Rate your mentor' })).toBeVisible();
	await learner.goTo(lesson);
	await expect(learner.page).toHaveURL(/\/recap$/);
});

test('[F9] a session that nobody starts says so to those who wait', async ({ world, open }) => {
	const lesson = await world.classroom({ startsIn: -60, lasts: 64 });
	const learner = await open(lesson.learners[0]!);
	await learner.goTo(lesson);
	await expect(learner.page.getByText('This session did not take place').first()).toBeVisible();
	await learner.goTo(lesson);
	await expect(learner.page).toHaveURL(/\/recap$/);
	await expect(learner.page.getByText('This session did not take place.')).toBeVisible();
});
