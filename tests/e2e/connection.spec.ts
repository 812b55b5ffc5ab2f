import { expect, test } from '../support/lessonTest.ts';
import { toast } from '../support/roomPage.ts';

test('[M3] everybody’s connection is shown in words, and its figures can be read on a phone and copied', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	const { page } = mentor;
	for (const { person } of [mentor, learner])
		await expect(
			mentor.lineOf(person).getByRole('img', { name: /^Connection quality: (excellent|good|poor)$/ })
		).toBeVisible({ timeout: 20_000 });

	await page.setViewportSize({ width: 390, height: 844 });
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
	await expect(toast(page, 'The details are copied')).toBeVisible();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toContain('Person 1');
	expect(copied).toMatch(/^Packets lost: sent .+, received .+$/m);
	for (const { person } of [mentor, learner]) expect(copied).not.toContain(person.name);
	expect(copied).not.toMatch(/\d+\.\d+\.\d+\.\d+/);

	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(mentor.control('More options')).toBeFocused();
});
