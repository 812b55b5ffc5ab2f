import { expect, test } from '../support/lessonTest.ts';
import { toast } from '../support/roomPage.ts';

test('[M3] [F1] everybody’s connection is shown in words, and its figures can be read on a phone and copied', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	const { page } = mentor;
	const fetched: string[] = [];
	page.on('requestfinished', (request) => fetched.push(request.url()));
	for (const { person } of [mentor, learner])
		await expect(
			mentor.lineOf(person).getByRole('img', { name: /^Connection quality: (excellent|good|poor)$/ })
		).toBeVisible({ timeout: 20_000 });

	// What is needed when the network is bad or the server gone has been fetched beside the call.
	await expect
		.poll(() => fetched.filter((url) => url.includes('/_app/immutable/')).length)
		.toBeGreaterThan(1);
	await page.waitForLoadState('networkidle');
	await page.route('**/_app/immutable/**', (route) => route.abort());

	await page.setViewportSize({ width: 390, height: 844 });
	// Menus close when the window changes its size, which the page hears with the next picture.
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	await expect(page.getByRole('dialog', { name: 'Wrap up the lesson' })).toBeFocused();
});

test('[T10] [F1] what is shown late and could not be fetched comes by itself as soon as the server is back', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson, { expectErrors: /ERR_FAILED|Failed to fetch/ });
	const { page } = learner;
	const away = () => page.route('**/_app/immutable/**', (route) => route.abort());
	const back = () => page.unroute('**/_app/immutable/**');

	await away();
	await learner.control('More options').click();
	await page.getByRole('menuitem', { name: /^Connection details/ }).click();
	await expect(page.getByText('One moment. The window opens as soon as it is here.').first()).toBeVisible();
	await mentor.control('End session').click();
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
