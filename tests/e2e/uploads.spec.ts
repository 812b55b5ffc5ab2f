import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { fileUploads } from '../support/fileUpload.ts';
import { expect, test } from '../support/lessonTest.ts';
import { openClient } from '../support/liveClient.ts';
import { expectToast } from '../support/noticeLog.ts';
import type { Lesson, World } from '../support/world.ts';

const MB = 1024 * 1024;
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const noise = (size: number, seed: string) => Buffer.alloc(size, createHash('sha512').update(seed).digest());
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

/** A lesson that has taken place. */
async function pastLesson(world: World): Promise<Lesson> {
	const lesson = await world.classroom();
	const mentor = openClient(world.url, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	await mentor.trpc.room.end.mutate({ roomCode: lesson.roomCode });
	await mentor.close();
	return lesson;
}

/** As little as a line in the countryside takes; answers with the way to a fast one. */
async function slowDown(page: Page, bytesPerSecond: number): Promise<() => Promise<unknown>> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Network.enable');
	const limit = async (uploadThroughput: number) =>
		void (await devtools.send('Network.emulateNetworkConditions', {
			...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput }
		}));
	await limit(bytesPerSecond);
	return () => limit(-1);
}

test('[F3] [K4] [Y1] several files at once: paused, reloaded, the server killed and started, the same SHA-256', async ({
	world,
	open
}) => {
	const lesson = await pastLesson(world);
	const mentor = await open(lesson.mentor, { expectErrors: /Failed to load resource|WebSocket|ERR_/ });
	const { page } = mentor;
	const asked: string[] = [];
	page.on('dialog', (dialog) => {
		asked.push(dialog.type());
		void dialog.accept();
	});
	await page.goto(`${lesson.path}/recap`);
	const uploads = page.getByRole('list', { name: 'Uploads' });
	const large = noise(20 * MB, 'large');
	const row = uploads.getByRole('listitem').filter({ hasText: 'large.bin' });
	await expect(page.getByText('up to 25 MB each, 200 MB together')).toBeVisible();
	// Slow enough to be still under way when everything that happens to it here has happened.
	const speedUp = await slowDown(page, MB);

	await page
		.getByLabel('Choose files')
		.setInputFiles([
			file('large.bin', large),
			file('notes.txt', Buffer.from('the notes')),
			file('empty.txt', Buffer.alloc(0))
		]);
	await expect(page.getByRole('link', { name: /notes\.txt/ })).toBeVisible();
	await expect(uploads.getByText('Not uploaded. It is empty, or a folder.')).toBeVisible();
	await mentor.button('Dismiss empty.txt').press('Enter');
	await expect(page.getByLabel('Choose files')).toBeFocused();
	const bar = page.getByRole('progressbar', { name: 'Uploading large.bin' });
	await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(5);
	await expect(row).toContainText(/of 20 MB/);

	// By keyboard, which stays on the button; and paused is paused, over a reload too.
	await mentor.button('Pause upload of large.bin').focus();
	await page.keyboard.press('Enter');
	await expect(row).toContainText(/Paused at/);
	await expect(mentor.button('Resume upload of large.bin')).toBeFocused();
	await expectNoViolation(page, 'an upload that is paused');
	await page.reload();
	await expect(row).toContainText(/Paused at/);
	await mentor.button('Resume upload of large.bin').click();
	await expect(mentor.button('Pause upload of large.bin')).toBeVisible();
	await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);

	// Leaving warns, because something is on its way; it goes on by itself all the same.
	await page.reload();
	expect(asked).toEqual(['beforeunload']);
	await expect(row).toContainText(/of 20 MB/);
	const before = Number(await bar.getAttribute('aria-valuenow'));
	await world.restart(async () => {
		await expect(row).toContainText(/goes on by itself/);
	});
	await speedUp();
	await expect(page.getByRole('link', { name: /large\.bin/ })).toBeVisible({ timeout: 30_000 });
	expect(before).toBeGreaterThanOrEqual(0);
	await expect(uploads).toHaveCount(0);
	await expect(page.getByRole('status').filter({ hasText: 'large.bin is uploaded.' })).toBeAttached();
	await page.reload();
	expect(asked).toEqual(['beforeunload']);

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: /large\.bin/ }).click()
	]);
	expect(sha256(await readFile(await download.path()))).toBe(sha256(large));
});

test('[F3] [Y2] a file begun elsewhere is gone on with when it is chosen again; removing asks first, by keyboard too', async ({
	world,
	open
}) => {
	const lesson = await pastLesson(world);
	const other = fileUploads(world.url, lesson, lesson.mentor);
	const photo = noise(3 * MB, 'photo');
	const id = await other.begunAndCut('photo.pdf', photo, MB);

	const mentor = await open(lesson.mentor);
	const { page } = mentor;
	await page.goto(`${lesson.path}/recap`);
	await expect(page.getByText(/% of 3 MB is there – choose the same file again to go on/)).toBeVisible();
	await expectNoViolation(page, 'an upload without its file');
	await page.getByLabel('Choose files').setInputFiles(file('photo.pdf', photo));
	await expect(page.getByRole('link', { name: /photo\.pdf/ })).toBeVisible();
	await expect(page.getByRole('list', { name: 'Uploads' })).toHaveCount(0);
	const { resources } = await other.shelf();
	expect(resources.map((resource) => resource.id)).toEqual([id]);

	const remove = mentor.button('Remove photo.pdf');
	const question = page.getByRole('alertdialog', { name: 'Remove this file?' });
	await remove.focus();
	await page.keyboard.press('Enter');
	await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(remove).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expectToast(page, '“photo.pdf” was removed');
	await expect(page.getByRole('link', { name: /photo\.pdf/ })).toHaveCount(0);
	await expect(page.getByRole('group', { name: 'Files' })).toBeFocused();
	expect((await other.shelf()).resources).toEqual([]);
});
