import { expectNoViolationInBoth } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { pictureSize } from '../support/mediaProbe.ts';
import { pointingOf } from '../support/pointing.ts';
import { expectSaid } from '../support/noticeLog.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { settledBox } from '../support/settledBox.ts';
import type { Lesson } from '../support/world.ts';

const SMALL = { viewport: { width: 900, height: 700 } };

/** A call in two windows of different sizes, in which the mentor has begun to share. */
async function shared(
	lesson: Lesson,
	open: (person: Lesson['mentor'], options?: object) => Promise<RoomPage>,
	ofLearner: object = SMALL
): Promise<[RoomPage, RoomPage]> {
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!, { context: ofLearner });
	for (const person of [mentor, learner]) {
		await person.goTo(lesson);
		await person.turnOnDevices();
	}
	await mentor.button('Start session').click();
	for (const person of [mentor, learner]) await person.inCall();
	await mentor.control('Share screen').click();
	const label = `Video of ${mentor.person.name}`;
	await expect.poll(() => pictureSize(learner.page, label)).toEqual([1280, 720]);
	return [mentor, learner];
}

test('[X2] what one person points at on a shared screen the others see at the same place', async ({
	world,
	open
}) => {
	const [mentor, learner] = await shared(await world.classroom(), open);
	const [theirs, mine] = [pointingOf(mentor, mentor), pointingOf(learner, mentor)];
	// Nothing of the whiteboard is loaded for it.
	const largest = await learner.page.evaluate(() =>
		Math.max(
			...performance
				.getEntriesByType('resource')
				.map((one) => (one as PerformanceResourceTiming).decodedBodySize)
		)
	);
	expect(largest).toBeLessThan(400_000);

	await mine.tool('Point').click();
	for (const place of [
		[0.12, 0.2],
		[0.9, 0.85],
		[0.5, 0.02]
	] as const) {
		await mine.moveTo(place);
		await theirs.expectTip('laser', place);
		await mine.expectTip('laser', place);
	}
	await expect(theirs.ink.getByText(learner.person.name)).toBeVisible();
	await expect(mine.ink.getByText(learner.person.name)).toHaveCount(0);
	await expectSaid(mentor.page, `${learner.person.name} points at the top of your screen`);

	// The other window changes its shape: the place on the picture stays.
	await mentor.page.setViewportSize({ width: 1100, height: 600 });
	await theirs.expectTip('laser', [0.5, 0.02]);
	await learner.page.mouse.move(1, 1);
	await expect(theirs.tips).toHaveCount(0);
});

test('[X2] the pen’s line shows while it is drawn, fades by itself, and leaves nothing behind', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await shared(lesson, open);
	const [theirs, mine] = [pointingOf(mentor, mentor), pointingOf(learner, mentor)];
	await mine.tool('Pen that fades').click();
	await mine.moveTo([0.2, 0.2]);
	await learner.page.mouse.down();
	await mine.moveTo([0.6, 0.7]);
	await theirs.expectTip('pen', [0.6, 0.7]);
	await expect(theirs.lines).toHaveCount(1);
	await expect.poll(async () => (await theirs.lineBox()).left).toBeCloseTo(0.2, 2);
	await expect.poll(async () => (await theirs.lineBox()).bottom).toBeCloseTo(0.7, 2);
	// Before it is lifted: the line stays at least so long, however late the test hears of it.
	const liftedAt = Date.now();
	await learner.page.mouse.up();
	await expect(theirs.lines).toHaveCount(0);
	expect(Date.now() - liftedAt).toBeGreaterThan(3_000);
	await expect(mine.lines).toHaveCount(0);

	// A reload in the middle of a stroke, and one by the sharer's side.
	await learner.page.mouse.down();
	await mine.moveTo([0.3, 0.3]);
	await expect(theirs.lines).toHaveCount(1);
	await learner.page.reload();
	await learner.inCall();
	await expect(theirs.lines).toHaveCount(0);
	await expect(mine.tool('Point')).toBeVisible();
	await expect(mine.tips).toHaveCount(0);
	expect(await world.log(lesson)).not.toContainEqual(expect.objectContaining({ type: 'board.lock' }));
});

test('[X2] the sharer points too, both at once, and all of it ends with the share', async ({
	world,
	open
}) => {
	const [mentor, learner] = await shared(await world.classroom(), open);
	const [theirs, mine] = [pointingOf(mentor, mentor), pointingOf(learner, mentor)];
	const entry = mentor.button('Point on your screen');
	const small = await settledBox(theirs.picture);
	await entry.click();
	await expect(theirs.tool('Point')).toHaveAttribute('aria-pressed', 'true');
	await expect.poll(async () => (await settledBox(theirs.picture)).width).toBeGreaterThan(2 * small.width);
	await theirs.moveTo([0.25, 0.75]);
	await mine.expectTip('laser', [0.25, 0.75]);
	await mine.tool('Point').click();
	await mine.moveTo([0.75, 0.25]);
	await expect(theirs.tips).toHaveCount(2);
	await expect(mine.tips).toHaveCount(2);
	await expect(mine.ink.getByText(mentor.person.name)).toBeVisible();

	await mentor.page.keyboard.press('Escape');
	await expect(entry).toBeFocused();
	await expect(mine.tips).toHaveCount(1);
	await mentor.control('Stop sharing').click();
	for (const { page } of [mentor, learner]) {
		await expect(page.getByTestId('point-ink')).toHaveCount(0);
		await expect(page.getByRole('toolbar', { name: /^Point on/ })).toHaveCount(0);
	}
});

test('[X2] [Y1] [Y2] by keyboard: arrows move the pointer, Escape leaves, and it is said in words', async ({
	world,
	open
}) => {
	const [mentor, learner] = await shared(await world.classroom(), open);
	const [theirs, mine] = [pointingOf(mentor, mentor), pointingOf(learner, mentor)];
	const { keyboard } = learner.page;
	await mine.tool('Point').focus();
	await keyboard.press('ArrowRight');
	await expect(mine.tool('Pen that fades')).toBeFocused();
	await keyboard.press('ArrowLeft');
	await keyboard.press('Enter');
	await expect(mine.surface).toBeFocused();
	await expect(mine.surface).toHaveAccessibleDescription(/Arrow keys move.*Escape leaves/);
	await theirs.expectTip('laser', [0.5, 0.5]);
	await keyboard.press('ArrowRight');
	await theirs.expectTip('laser', [0.52, 0.5]);
	for (let n = 0; n < 4; n += 1) await keyboard.press('Shift+ArrowUp');
	await theirs.expectTip('laser', [0.52, 0.1]);
	const places = () =>
		mentor.page.evaluate(() => window.noticeLog.spoken.filter((text) => text.includes('points at')));
	// Where it came to rest, each place once: on the way too, where the keys come late.
	await expect
		.poll(async () => (await places()).at(-1))
		.toBe(`${learner.person.name} points at the top of your screen`);
	const spoken = await places();
	expect(new Set(spoken).size).toBe(spoken.length);
	await expectSaid(learner.page, 'You are at the top');
	await keyboard.press('Escape');
	await expect(mine.tool('Point')).toBeFocused();
	await expect(mine.surface).toHaveCount(0);
	await expect(theirs.tips).toHaveCount(0);

	await keyboard.press('ArrowRight');
	await keyboard.press('Enter');
	await expect(mine.surface).toBeFocused();
	await keyboard.press('Space');
	for (let n = 0; n < 3; n += 1) await keyboard.press('Shift+ArrowRight');
	await theirs.expectTip('pen', [0.8, 0.5]);
	await expect(theirs.lines).toHaveCount(1);
	await keyboard.press('Space');
	await expect(theirs.lines).toHaveCount(0);
});

test('[Y1] the tools on a phone: large enough, by touch, no violation, light and dark', async ({
	world,
	open
}) => {
	const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
	const [mentor, learner] = await shared(await world.classroom(), open, phone);
	const [theirs, mine] = [pointingOf(mentor, mentor), pointingOf(learner, mentor)];
	for (const name of ['Point', 'Pen that fades'] as const) {
		const box = await settledBox(mine.tool(name));
		expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
	}
	const entry = await settledBox(mentor.button('Point on your screen'));
	expect(Math.min(entry.width, entry.height)).toBeGreaterThanOrEqual(44);
	await expectNoViolationInBoth(learner.page, 'tools over a shared screen');
	await mine.tool('Pen that fades').tap();
	// It fades by itself once the finger is lifted: looked for before it comes.
	const seen = theirs.expectTip('pen', [0.5, 0.6]);
	await mine.touchStroke([
		[0.3, 0.4],
		[0.5, 0.6]
	]);
	await seen;
	await mine.tool('Point').tap();
	await expectNoViolationInBoth(learner.page, 'pointing at a shared screen');
	await expectNoViolationInBoth(mentor.page, 'a shared screen of one’s own');
});
