import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear, pictureSize, trackStates } from '../support/mediaProbe.ts';
import { expectSaid } from '../support/noticeLog.ts';
import { startWithoutCall, type RoomPage } from '../support/roomPage.ts';

/** Server and browsers share two cores with each other: the middle one of some tries is what people feel. */
const SHOWN_WITHIN = 300;

/** Presses a control of one person and says how long it took to show in the other's list of people, ms. */
async function delayOf(who: RoomPage, control: string, other: RoomPage, words: string): Promise<number> {
	await who.page.evaluate(() => {
		addEventListener('click', () => (document.body.dataset.clickedAt = String(Date.now())), {
			capture: true,
			once: true
		});
	});
	const line = await other.lineOf(who.person).elementHandle();
	const shown = other.page.evaluate(
		([element, text]) =>
			new Promise<number>((done) => {
				const look = () => element!.textContent!.includes(text) && done(Date.now());
				new MutationObserver(look).observe(document.body, {
					subtree: true,
					childList: true,
					characterData: true
				});
				look();
			}),
		[line, words] as const
	);
	await who.control(control).click();
	const clickedAt = await who.page.evaluate(() => Number(document.body.dataset.clickedAt));
	return (await shown) - clickedAt;
}

function middle(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

test(
	'[C5] [M1] muting shows on the other side within 300 ms, in both directions',
	{ tag: '@alone' },
	async ({ world, inCall }) => {
		const lesson = await world.classroom();
		const [mentor, learner] = await inCall(lesson);
		for (const [who, other] of [
			[mentor, learner],
			[learner, mentor]
		] as const) {
			const delays: number[] = [];
			for (let round = 0; round < 3; round += 1) {
				delays.push(await delayOf(who, 'Mute microphone', other, 'microphone off'));
				delays.push(await delayOf(who, 'Unmute microphone', other, 'microphone on'));
			}
			expect(middle(delays)).toBeLessThan(SHOWN_WITHIN);
		}
		// Muted is silent; the stage says so too.
		await learner.control('Mute microphone').click();
		await expect(mentor.page.locator('figure').filter({ hasText: 'Alan Turing' })).toContainText(
			'Microphone off'
		);
		await learner.control('Unmute microphone').click();
		await expectToSeeAndHear(mentor.page);
	}
);

test(
	'[C5] camera off releases the camera and shows the avatar; on again shows the picture',
	{ tag: '@alone' },
	async ({ world, inCall }) => {
		const lesson = await world.classroom();
		const [mentor, learner] = await inCall(lesson);
		const remote = mentor.videoOf(learner.person);
		await expect(remote).toBeVisible();

		const delays: number[] = [];
		const before: string[] = [];
		for (let round = 0; round < 3; round += 1) {
			delays.push(await delayOf(learner, 'Turn camera off', mentor, 'camera off'));
			await expect(remote).toBeHidden();
			before.push('ended');
			await expect.poll(() => trackStates(learner.page, 'camera')).toEqual(before);
			expect(await trackStates(learner.page, 'microphone')).toEqual(['live']);

			// Told at the click; the device takes its time to start.
			delays.push(await delayOf(learner, 'Turn camera on', mentor, 'camera on'));
			await expect(remote).toBeVisible();
			await expect.poll(() => trackStates(learner.page, 'camera')).toEqual([...before, 'live']);
		}
		expect(middle(delays)).toBeLessThan(SHOWN_WITHIN);
		await expectToSeeAndHear(mentor.page);
	}
);

test('[C2] [C5] [C8] sharing replaces the picture, shown whole, and gives it back', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	const label = `Video of ${mentor.person.name}`;
	const remote = learner.videoOf(mentor.person);
	await expect.poll(() => pictureSize(learner.page, label)).toEqual([320, 240]);
	await expect(remote).toHaveCSS('object-fit', 'cover');
	const offers = () => mentor.page.evaluate(() => window.mediaProbe.connections.length);
	const before = await offers();

	await mentor.control('Share screen').click();
	await expect.poll(() => pictureSize(learner.page, label)).toEqual([1280, 720]);
	await expect(remote).toHaveCSS('object-fit', 'contain');
	await expect(learner.lineOf(mentor.person)).toContainText('sharing the screen');
	await expect(mentor.page.getByLabel('Your video', { exact: true })).toBeVisible();

	await mentor.control('Stop sharing').click();
	await expect.poll(() => pictureSize(learner.page, label)).toEqual([320, 240]);
	await expect(remote).toHaveCSS('object-fit', 'cover');
	expect(await trackStates(mentor.page, 'screen')).toEqual(['ended']);
	expect(await trackStates(mentor.page, 'camera')).toEqual(['live']);
	// The same call all along.
	expect(await offers()).toBe(before);
	await expectToSeeAndHear(learner.page);
});

test('[C5] sharing that the browser itself ends is noticed on both sides', async ({
	world,
	open,
	launch
}) => {
	const lesson = await world.classroom();
	// The real picker instead of the fake one, which then chooses this tab.
	const browser = await launch({
		args: ['--auto-select-tab-capture-source-by-title=Shared notes'],
		prompts: true
	});
	const mentor = await open(lesson.mentor, { browser, context: { permissions: ['camera', 'microphone'] } });
	const learner = await open(lesson.learners[0]!);
	for (const person of [mentor, learner]) {
		await person.goTo(lesson);
		await person.turnOnDevices();
	}
	await mentor.button('Start session').click();
	for (const person of [mentor, learner]) await person.inCall();
	const notes = await mentor.page.context().newPage();
	await notes.setContent('<title>Shared notes</title><h1>Notes</h1>');
	await mentor.page.bringToFront();

	await mentor.control('Share screen').click();
	await expect(learner.lineOf(mentor.person)).toContainText('sharing the screen');
	await expect(mentor.control('Stop sharing')).toBeVisible();
	await notes.close();
	await expect(mentor.control('Share screen')).toBeVisible();
	await expect(learner.lineOf(mentor.person)).not.toContainText('sharing the screen');
	const label = `Video of ${mentor.person.name}`;
	await expect.poll(() => pictureSize(learner.page, label)).toEqual([320, 240]);
	await expectToSeeAndHear(learner.page);
});

test('[C3] [M1] the badge and the list say who is in the room, with roles, and whose hand is raised', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	for (const { page, lineOf } of [mentor, learner]) {
		await expect(page.getByText('2 in the room')).toBeVisible();
		await expect(lineOf(mentor.person)).toContainText('Mentor');
		await expect(lineOf(learner.person)).toContainText('Learner');
		await expect(lineOf(learner.person)).toContainText('microphone on, camera on');
	}
	await learner.control('Raise hand').click();
	for (const side of [mentor, learner]) {
		await expect(side.lineOf(learner.person)).toContainText('Hand raised');
		await expect(side.lineOf(mentor.person)).not.toContainText('Hand raised');
	}
	await learner.control('Lower hand').click();
	for (const side of [mentor, learner])
		await expect(side.lineOf(learner.person)).not.toContainText('Hand raised');
});

test('[C4] until the call is up the controls that need it are disabled, the others are not', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!);
	const answer = await startWithoutCall(lesson, mentor, learner);
	for (const { page, control, toolbar } of [mentor, learner]) {
		await expect(toolbar).toBeVisible();
		await expect(page.getByRole('main').getByText('Connecting…')).toBeVisible();
		for (const name of ['Mute microphone', 'Turn camera off', 'Share screen'])
			await expect(control(name)).toBeDisabled();
		for (const name of ['Open chat', 'Raise hand', 'More options']) await expect(control(name)).toBeEnabled();
	}
	// Nor do their keys (spec C6); those of the others do.
	await learner.page.keyboard.press('Shift');
	await expect(learner.control('Raise hand')).toHaveAttribute('aria-keyshortcuts', 'H');
	for (const key of ['m', 'v', 'ControlOrMeta+d', 'ControlOrMeta+e']) await learner.page.keyboard.press(key);
	await learner.page.keyboard.press('h');
	await expect(learner.control('Lower hand')).toBeVisible();
	await expectSaid(learner.page, 'Available as soon as the call is connected');
	for (const name of ['Mute microphone', 'Turn camera off'])
		await expect(learner.control(name)).toBeDisabled();
	await expect(mentor.control('End session')).toBeEnabled();
	await expect(learner.control('Leave session')).toBeEnabled();
	await learner.control('Open chat').click();
	await learner.say('I cannot see you yet');
	await expect(learner.chat).toContainText('I cannot see you yet');

	answer();
	for (const { control } of [mentor, learner]) await expect(control('Mute microphone')).toBeEnabled();
	await expectToSeeAndHear(learner.page);
});
