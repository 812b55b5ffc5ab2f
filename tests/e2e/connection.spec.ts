import { glob, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { expectToast } from '../support/noticeLog.ts';
import { resize } from '../support/settledBox.ts';

/** Waits until the page has what it fetches beside a call: the files in which these words stand, and what they need. */
async function fetchedBeside(page: Page, ...words: string[]): Promise<void> {
	const under = new Set<object>();
	page.on('request', (request) => request.url().includes('/_app/') && under.add(request));
	page.on('requestfinished', (request) => under.delete(request));
	page.on('requestfailed', (request) => under.delete(request));
	const wanted: string[] = [];
	const found = new Set<string>();
	for await (const file of glob('build/client/_app/immutable/**/*.js')) {
		const text = await readFile(file, 'utf8');
		const inside = words.filter((each) => text.includes(each));
		if (inside.length > 0) wanted.push(basename(file));
		for (const each of inside) found.add(each);
	}
	expect([...found].sort()).toEqual(words.toSorted());
	await expect
		.poll(() =>
			page.evaluate((names) => {
				const there = performance.getEntriesByType('resource').map(({ name }) => name);
				return names.filter((name) => !there.some((url) => url.endsWith(name)));
			}, wanted)
		)
		.toEqual([]);
	await expect.poll(() => under.size).toBe(0);
}

test('[M3] [F1] everybody’s connection is shown in words, and its figures can be read on a phone and copied', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	const { page } = mentor;
	for (const { person } of [mentor, learner])
		await expect(
			mentor.lineOf(person).getByRole('img', { name: /^Connection quality: (excellent|good|poor)$/ })
		).toBeVisible();

	// What is needed when the network is bad or the server gone has been fetched beside the call.
	await fetchedBeside(page, 'Packets lost', 'Wrap up the lesson');
	await page.route('**/_app/immutable/**', (route) => route.abort());

	// Menus close when the window changes its size.
	await resize(page, { width: 390, height: 844 });
	await mentor.control('More options').press('Enter');
	await page.getByRole('menuitem', { name: /^Connection details/ }).press('Enter');
	const dialog = page.getByRole('dialog', { name: 'Connection details' });
	const table = dialog.getByRole('table');
	await expect(dialog).toContainText(/Server\s*Connected/);
	await expect(table.getByRole('row', { name: /^Path/ })).toContainText(/Direct, (UDP|TCP)/);
	await expect(table.getByRole('row', { name: /^Round trip/ })).toContainText(/\d+ ms/);
	await expect(table.getByRole('row', { name: /^Codecs/ })).toContainText('opus, VP8');
	// Nothing to be scrolled sideways, and what is shown goes on.
	expect(await dialog.evaluate((element) => element.scrollWidth <= innerWidth)).toBe(true);
	expect(await table.evaluate((element) => element.getBoundingClientRect().right <= innerWidth)).toBe(true);
	const bits = table.getByRole('row', { name: /^Bit rate/ });
	const before = await bits.textContent();
	await expect(bits).not.toHaveText(before ?? '');

	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await dialog.getByRole('button', { name: 'Copy' }).click();
	await expectToast(page, 'The details are copied');
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toContain('Person 1');
	expect(copied).toMatch(/^Packets lost: sent .+, received .+$/m);
	for (const { person } of [mentor, learner]) expect(copied).not.toContain(person.name);
	expect(copied).not.toMatch(/\d+\.\d+\.\d+\.\d+/);

	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(mentor.control('More options')).toBeFocused();
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	await expect(page.getByRole('dialog', { name: 'Wrap up the lesson' })).toBeFocused();
});

test('[T10] [F1] what is shown late and could not be fetched comes by itself as soon as the server is back', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!, { expectErrors: /ERR_FAILED|Failed to fetch/ });
	const { page } = learner;
	const away = () => page.route('**/_app/immutable/**', (route) => route.abort());
	const back = () => page.unroute('**/_app/immutable/**');

	for (const person of [mentor, learner]) await person.goTo(lesson);
	await expect(page.getByText('Waiting for mentor…')).toBeVisible();
	// Before it could be fetched beside the lesson.
	await away();
	await mentor.button('Start session').click();
	await learner.control('More options').click();
	await page.getByRole('menuitem', { name: /^Connection details/ }).click();
	await expect(page.getByText('One moment. The window opens as soon as it is here.').first()).toBeVisible();
	await mentor.control('End session').click();
	await expect(mentor.button('Cancel')).toBeFocused();
	// Round and round, and never out of the window.
	for (const name of ['End for everyone', 'Cancel', 'End for everyone']) {
		await mentor.page.keyboard.press('Tab');
		await expect(mentor.button(name)).toBeFocused();
	}
	await mentor.button('End for everyone').click();
	await expect(page.getByRole('heading', { name: 'The lesson has ended' })).toBeFocused();
	await expect(page.getByText('The server is not reached at the moment.')).toBeVisible();

	await back();
	const form = page.getByRole('dialog', { name: 'Rate your mentor' });
	await expect(form).toBeFocused();
	await form.press('Escape');
	await expect(page).toHaveURL(/\/recap$/);
});
