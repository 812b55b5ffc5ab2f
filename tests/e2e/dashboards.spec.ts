import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { writeHistory } from '../../src/lib/server/dashboards/historyFixture.ts';
import { readCsv } from '../../src/lib/server/earnings/csvFixture.ts';
import { expectNoViolationInBoth } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import type { Lesson, World } from '../support/world.ts';

const DAY = 86_400_000;
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Lessons of €10 that these people had, one every five days. */
async function withHistory(world: World, { mentor, learners }: Lesson, lessons: number): Promise<void> {
	await writeHistory(world.store, {
		...{ mentorId: mentor.id, learnerId: learners[0]!.id, lessons, everyMs: 5 * DAY, priceMinor: 1_000 },
		...{ latest: Date.now() - 2 * DAY, currency: 'EUR' }
	});
}

test('[F7] a lesson that ends moves to Past for both and the mentor’s earnings grow, without a reload', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom({ startsIn: -60, priceMinor: 4_250 });
	await withHistory(world, lesson, 3);
	const rooms = await inRoom(lesson);
	const [mentor, learner] = await Promise.all(
		rooms.map(async ({ page }) => {
			const dashboard = await page.context().newPage();
			await dashboard.goto('/dashboard');
			await dashboard.evaluate(() => void (document.body.dataset.sameLoad = 'yes'));
			return dashboard;
		})
	);
	await expect(learner!.getByRole('heading', { level: 1, name: 'My Activity' })).toBeVisible();
	for (const page of [mentor!, learner!]) {
		await expect(section(page, 'Upcoming').getByText('Live now')).toBeVisible();
		await expect(section(page, 'Upcoming').getByRole('link', { name: `Join ${lesson.title}` })).toBeVisible();
		await expect(section(page, 'Past').getByRole('listitem')).toHaveCount(3);
	}
	const earned = section(mentor!, 'Earnings').getByRole('definition').first();
	await expect(earned).toContainText('€30.00');

	await world.endsIn(lesson, 1);
	for (const page of [mentor!, learner!]) {
		await expect(section(page, 'Past').getByRole('listitem')).toHaveCount(4);
		await expect(section(page, 'Past').getByRole('listitem').first()).toContainText(lesson.title);
		await expect(section(page, 'Upcoming').getByText(lesson.title)).toHaveCount(0);
	}
	await expect(earned).toContainText('€72.50');
	await expect(mentor!.getByRole('table').getByRole('row').last()).toContainText('€72.50');
	await expect(
		section(learner!, 'Past')
			.getByRole('link', { name: `Rate ${lesson.mentor.name}` })
			.first()
	).toBeVisible();
	for (const page of [mentor!, learner!])
		expect(await page.evaluate(() => document.body.dataset.sameLoad)).toBe('yes');
});

test('[F7] [Y1] a mentor’s morning: chart and table agree, months by keyboard, the file, older sessions', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	await withHistory(world, lesson, 24);
	const { page } = await open(lesson.mentor, { context: { viewport: { width: 1440, height: 900 } } });
	await page.goto('/dashboard');
	const table = page.getByRole('table');
	const bars = page.getByRole('img', { name: /^Bar chart of the last twelve/ });

	async function expectToAgree(): Promise<void> {
		const cells = await table.locator('tbody tr td:first-of-type').allInnerTexts();
		const inTable = cells.reverse().filter((cell) => cell !== '€0.00');
		const inChart = await bars.locator('.group span').allInnerTexts();
		expect(inChart.map((text) => `${text}.00`)).toEqual(inTable);
		expect(inTable.length).toBeGreaterThan(3);
		// As high as they are much.
		const heights = await bars
			.locator('.group > div')
			.evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height));
		const amounts = inTable.map((text) => Number(text.slice(1)));
		const ratio = heights.map((height, nth) => height / amounts[nth]!);
		expect(Math.max(...ratio) / Math.min(...ratio)).toBeLessThan(1.03);
	}
	await expect(table.getByRole('row')).toHaveCount(14);
	await expectToAgree();
	const month = page.getByRole('link', { name: 'Month', exact: true });
	await month.focus();
	await page.keyboard.press('Enter');
	await expect(month).toHaveAttribute('aria-current', 'true');
	await expect(month).toBeFocused();
	await expect(table.getByRole('columnheader').first()).toHaveText('Month');
	await expectToAgree();
	await expect(table.getByRole('row').last()).toContainText('€240.00');

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Download CSV' }).click()
	]);
	expect(download.suggestedFilename()).toBe('peerlearn-earnings.csv');
	const rows = readCsv((await readFile(await download.path(), 'utf8')).slice(1));
	expect(rows.slice(1).reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBe(240);

	const past = section(page, 'Past').getByRole('listitem');
	const older = page.getByRole('link', { name: 'Show older' });
	await expect(past).toHaveCount(10);
	await older.focus();
	const before = await page.evaluate(() => scrollY);
	await page.keyboard.press('Enter');
	await expect(past).toHaveCount(20);
	await expect(past.nth(10).getByRole('link').first()).toBeFocused();
	expect(await page.evaluate(() => scrollY)).toBe(before);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/recap$/);
	await page.goBack();
	// The list is as long as it was, and one is where one was.
	await expect(past).toHaveCount(20);
	await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
	await older.click();
	await expect(past).toHaveCount(24);
	await expect(older).toHaveCount(0);
	await expect(page.getByText('4 older sessions are shown.')).toBeAttached();
});

test('[Y1] axe finds nothing on either dashboard, full or empty, light and dark', async ({ world, open }) => {
	const lesson = await world.classroom();
	await withHistory(world, lesson, 12);
	for (const person of [lesson.mentor, lesson.learners[0]!, await world.person('mentor')]) {
		const { page } = await open(person);
		await page.goto('/dashboard');
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expectNoViolationInBoth(page, `the dashboard of ${person.name}`);
	}
});
