import { formatTime } from '../../src/lib/shared/time.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToast } from '../support/noticeLog.ts';
import type { RoomPage } from '../support/roomPage.ts';
import type { Lesson, World } from '../support/world.ts';

function seconds(shown: string): number {
	expect(shown.trim()).toMatch(/^\d\d:\d\d:\d\d$/);
	const [hours = 0, minutes = 0, rest = 0] = shown.trim().split(':').map(Number);
	return hours * 3_600 + minutes * 60 + rest;
}

/** How far the shown time is from the true one, seconds. */
async function errorOf({ timer }: RoomPage, world: World, lesson: Lesson): Promise<number> {
	const { startedAt } = await world.session(lesson);
	const shown = seconds((await timer.textContent()) ?? '');
	return Math.abs((Date.now() - startedAt!.getTime()) / 1_000 - shown);
}

test(
	'[M2] [P9] the elapsed time is the same for all, also after a reload and with wrong clocks',
	{ tag: '@alone' },
	async ({ world, open }) => {
		const lesson = await world.classroom();
		const halfDay = 12 * 3_600_000;
		const mentor = await open(lesson.mentor, { clockOffset: halfDay });
		const learner = await open(lesson.learners[0]!, { clockOffset: -halfDay });
		for (const person of [mentor, learner]) await person.goTo(lesson);
		await expect(learner.page.getByText(/^Starts in (0:[0-5]\d|1:00)$/)).toBeVisible();
		await mentor.button('Start session').click();
		for (const person of [mentor, learner]) {
			await expect(person.timer).toHaveText(/^\s*00:00:(?!00)\d\d\s*$/);
			await expect.poll(() => errorOf(person, world, lesson)).toBeLessThan(1.6);
		}
		await learner.page.reload();
		await expect(learner.timer).toHaveText(/^\s*00:00:/);
		for (const person of [mentor, learner])
			await expect.poll(() => errorOf(person, world, lesson)).toBeLessThan(1.6);
		// Nothing of the lesson ended early or late because of them.
		expect((await world.session(lesson)).status).toBe('live');
	}
);

test('[M2] the time left shows; the mentor can add to it, and is asked where that runs into the next session', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom({ startsIn: -40 * 60, lasts: 48 * 60 });
	const another = [await world.person('learner')];
	const next = await world.lesson({ mentor: lesson.mentor, learners: another, startsIn: 18 * 60 });
	const at = formatTime((await world.session(next)).startsAt.getTime(), 'Europe/Berlin');
	const [mentor, learner] = await inRoom(lesson);
	for (const { page } of [mentor, learner])
		await expect(page.getByText(/\b[78] min left/).filter({ visible: true })).toBeVisible();
	await expect(learner.page.getByRole('button', { name: 'Add time' })).toHaveCount(0);
	await expect(mentor.page.getByText(`Next session at ${at}`)).toBeVisible();
	await expect(learner.page.getByText('Next session')).toHaveCount(0);
	const add = mentor.page.getByRole('button', { name: 'Add time' });
	const question = mentor.page.getByRole('menu', {
		name: `Your next session starts at ${at}. Extend by 15 minutes all the same?`
	});
	const keep = question.getByRole('menuitem', { name: 'Keep the end as it is' });
	// A press at once would pass for the second half of a double click.
	for (const close of [() => keep.press('Enter'), () => mentor.page.keyboard.press('Escape')]) {
		await add.click();
		await mentor.page.getByRole('menuitem', { name: '15 minutes' }).click();
		await expect(keep).toBeFocused();
		await close();
		await expect(question).toHaveCount(0);
		await expect(add).toBeFocused();
	}
	await expect(mentor.page.getByText(/\b[78] min left/)).toBeVisible();
	await add.click();
	await mentor.page.getByRole('menuitem', { name: '15 minutes' }).click();
	await question.getByRole('menuitem', { name: 'Extend by 15 minutes' }).press('Enter');
	for (const { page } of [mentor, learner]) {
		await expect(page.getByText(/\b2[23] min left/).filter({ visible: true })).toBeVisible();
		await expectToast(page, 'extended by 15 minutes');
	}
});

test('[M2] everybody is warned when a minute is left', async ({ world, inRoom }) => {
	const lesson = await world.classroom({ startsIn: -60 });
	const [mentor, learner] = await inRoom(lesson);
	// Read anew with the page. A page that comes within the last minute is not warned any more.
	await world.endsIn(lesson, 60 + 15);
	await Promise.all([mentor, learner].map(({ page }) => page.reload()));
	for (const { page } of [mentor, learner]) await expectToast(page, '1 minute left');
});

test('[L3] before the first 15 minutes the mentor sees from when on it can be started', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ startsIn: 2 * 3_600 });
	const mentor = await open(lesson.mentor);
	await mentor.goTo(lesson);
	await expect(mentor.button('Start session')).toBeDisabled();
	await expect(mentor.button('Start session')).toHaveAccessibleDescription(/You can start it/);
});
