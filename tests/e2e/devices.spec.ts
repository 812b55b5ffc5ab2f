import { plugIn, prompt, pullOut } from '../support/deviceTrouble.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear, readFlow, trackStates } from '../support/mediaProbe.ts';
import { expectSaid, expectToast } from '../support/noticeLog.ts';
import type { RoomPage } from '../support/roomPage.ts';

/** Sound from the other side goes on all the time. */
async function expectToHear({ page }: RoomPage): Promise<void> {
	let before = await readFlow(page);
	await expect
		.poll(async () => {
			const now = await readFlow(page);
			// A call that took the place of another one begins at nothing.
			if (now.of !== before.of) before = now;
			return now.audioEnergy > before.audioEnergy;
		})
		.toBe(true);
}

test('[T6] [L4] refused in the lobby: help, and on into the room without devices', async ({
	world,
	open,
	launch
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor, { browser: await launch({ prompts: 'deny' }) });
	await mentor.goTo(lesson);
	await mentor.button('Turn on camera and microphone').click();
	await expect(prompt(mentor.page)).toContainText('does not let this page use the camera and the microphone');
	// Together, then each alone.
	const asked = () => mentor.page.evaluate(() => window.mediaProbe.asked.devices);
	await expect.poll(asked).toBe(3);
	await mentor.button('Try again').click();
	await expect.poll(asked).toBe(6);
	await expect(mentor.button('Continue without devices')).toBeVisible();
	await mentor.button('Continue with audio only').click();
	await expect.poll(asked).toBe(7);
	await expectToast(mentor.page, /Your microphone cannot be used either/);
	await expect(prompt(mentor.page)).toHaveCount(0);
	await expect(mentor.page.getByText('Not allowed')).toHaveCount(2);
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();
	// Who has chosen to go on without is not asked again.
	await expect(prompt(mentor.page)).toHaveCount(0);
	await mentor.control('Open chat').click();
	await mentor.say('No picture today');
	await expect(mentor.chat).toContainText('No picture today');
});

test('[T6] [C8] a machine without a camera: audio only, and still everybody is seen', async ({
	world,
	open,
	launch
}) => {
	const lesson = await world.classroom();
	const browser = await launch({
		args: ['--use-fake-device-for-media-stream=device-count=0'],
		devices: false
	});
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!, { browser });
	await mentor.goTo(lesson);
	await mentor.turnOnDevices();
	await learner.goTo(lesson);
	await learner.button('Turn on camera and microphone').click();
	await expect(prompt(learner.page)).toContainText('No camera was found');
	await learner.button('Continue with audio only').click();
	await expect(learner.button('Mute microphone')).toBeVisible();
	await mentor.button('Start session').click();
	for (const person of [mentor, learner]) await person.inCall();
	await expectToSeeAndHear(learner.page);
	await expectToHear(mentor);
	await expect(mentor.lineOf(learner.person)).toContainText('microphone on, camera off');
	await expect(mentor.videoOf(learner.person)).toBeHidden();
});

test('[T6] [P11] a camera pulled out: told, sound goes on, one click and the picture is back', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	const { page } = learner;
	await learner.control('Raise hand').focus();
	await pullOut(learner, 'camera');
	await expect(prompt(page)).toContainText('The camera was unplugged or switched off');
	// Nothing is in the way: the focus stays, the controls work, it was said once.
	await expect(learner.control('Raise hand')).toBeFocused();
	await expectSaid(page, 'Trouble with your camera');
	await expect(mentor.lineOf(learner.person)).toContainText('microphone on, camera off');
	await expect(mentor.videoOf(learner.person)).toBeHidden();
	expect(await trackStates(page, 'microphone')).toEqual(['live']);
	await expectToHear(mentor);

	await plugIn(learner);
	const again = learner.button('Use camera again');
	await expect(again).toBeVisible();
	// Not by itself.
	expect(await trackStates(page, 'camera')).toEqual(['ended']);
	await learner.control('Raise hand').press('Shift+Tab');
	await learner.button('Continue with audio only').press('Shift+Tab');
	await expect(again).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(prompt(page)).toHaveCount(0);
	await expect(learner.toolbar.locator(':focus')).toHaveCount(1);
	await expect(mentor.videoOf(learner.person)).toBeVisible();
	await expectToSeeAndHear(mentor.page);
	expect(await trackStates(page, 'camera')).toEqual(['ended', 'live']);
});

test('[T6] [P11] a permission taken back in the call ends no call, and Escape goes on without', async ({
	world,
	open,
	launch
}) => {
	const lesson = await world.classroom();
	// Real permissions, which can be taken back; the answers of the fake prompts cannot.
	const browser = await launch({ prompts: true });
	const mentor = await open(lesson.mentor);
	const context = { permissions: ['camera', 'microphone'] };
	const learner = await open(lesson.learners[0]!, { browser, context });
	for (const person of [mentor, learner]) {
		await person.goTo(lesson);
		await person.turnOnDevices();
	}
	await mentor.button('Start session').click();
	for (const person of [mentor, learner]) await person.inCall();
	await expectToSeeAndHear(mentor.page);

	await learner.page.context().clearPermissions();
	await expect(prompt(learner.page)).toContainText('The permission for the camera was taken back');
	await expect(mentor.lineOf(learner.person)).toContainText('microphone off, camera off');
	await expect.poll(() => trackStates(learner.page, 'camera')).toEqual(['ended']);
	// They still see the mentor, over the same call.
	expect((await readFlow(learner.page)).calls).toBe(1);
	await expectToHear(learner);
	await learner.page.context().grantPermissions(['camera', 'microphone'], { origin: world.url });
	await learner.button('Use camera again').click();
	await expect(mentor.lineOf(learner.person)).toContainText('camera on');
	await learner.button('Try again').or(learner.button('Use microphone again')).focus();
	await learner.page.keyboard.press('Escape');
	await expect(prompt(learner.page)).toHaveCount(0);
	// Later, from the toolbar.
	await learner.control('Unmute microphone').click();
	await expectToSeeAndHear(mentor.page);
});

const FAILURES = [
	['NotReadableError', 'Device in use', 'Another program is using the camera'],
	['NotAllowedError', 'Permission denied by system', 'privacy settings of the system'],
	['OverconstrainedError', '', 'No camera fits'],
	['AbortError', 'Starting videoinput failed', 'broke off while it started']
] as const;

test('[T6] [L4] every failure in the room is explained, and “Try again” helps when it is over', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const { page } = mentor;
	await page.addInitScript(() => {
		const devices = navigator.mediaDevices;
		const real = devices.getUserMedia.bind(devices);
		devices.getUserMedia = (constraints) => {
			const [name, message] = (document.body.dataset.failure ?? '').split(': ');
			if (!name || !constraints?.video) return real(constraints);
			document.body.dataset.failed = name;
			return Promise.reject(new DOMException(message, name));
		};
	});
	const setFailure = (failure: string) =>
		page.evaluate((wanted) => {
			document.body.dataset.failure = wanted;
			delete document.body.dataset.failed;
		}, failure);
	const failed = (name: string) => expect(page.locator('body')).toHaveAttribute('data-failed', name);
	await mentor.goTo(lesson);
	await mentor.button('Start session').click();
	await setFailure(FAILURES[0].slice(0, 2).join(': '));
	await mentor.control('Turn camera on').click();
	await failed(FAILURES[0][0]);
	await expect(mentor.button('Try again')).toBeVisible();
	for (const [name, message, words] of FAILURES) {
		await setFailure(`${name}: ${message}`);
		await mentor.button('Try again').click();
		await failed(name);
		await expect(prompt(page)).toContainText(words);
		await expect(mentor.button('Try again')).toBeFocused();
	}
	await setFailure('');
	await mentor.button('Try again').click();
	await expect(mentor.control('Turn camera off')).toBeVisible();
	await expect(prompt(page)).toHaveCount(0);
});
