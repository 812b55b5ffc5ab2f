import { expect, test } from '../support/lessonTest.ts';
import { colourOf, expectToSeeAndHear } from '../support/mediaProbe.ts';
import { expectToast } from '../support/noticeLog.ts';
import { expectCallOfAll } from '../support/roomPage.ts';

const COLOURS = [
	{ css: 'rgb(220, 20, 20)', strongest: 0 },
	{ css: 'rgb(20, 200, 20)', strongest: 1 },
	{ css: 'rgb(20, 20, 220)', strongest: 2 }
] as const;

test('[C2] [M1] three people each see the right two others, hear them, and one leaves', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ names: ['Maya Red', 'Liam Green', 'Aisha Blue'] });
	const people = await Promise.all(
		[lesson.mentor, ...lesson.learners].map(async (person, index) => {
			const window = await open(person, { colour: COLOURS[index]!.css });
			await window.goTo(lesson);
			await window.turnOnDevices();
			return window;
		})
	);
	const [mentor, liam, aisha] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
	await mentor.button('Start session').click();
	await expectCallOfAll(people);
	for (const viewer of people) {
		await expect(viewer.page.getByText('3 in the room')).toBeVisible();
		for (const [index, shown] of people.entries()) {
			if (shown === viewer) continue;
			await expect
				.poll(async () => {
					const colour = await colourOf(viewer.page, `Video of ${shown.person.name}`);
					return colour?.indexOf(Math.max(...colour));
				})
				.toBe(COLOURS[index]!.strongest);
		}
	}

	await aisha.control('Share screen').click();
	for (const { lineOf } of [mentor, liam])
		await expect(lineOf(aisha.person)).toContainText('sharing the screen');
	await aisha.control('Leave session').click();
	for (const { page } of [mentor, liam]) {
		await expect(page.getByText('2 in the room')).toBeVisible();
		await expectToast(page, 'Aisha Blue left');
		await expectToSeeAndHear(page, 1);
	}
});

test('[C8] [L4] somebody without camera and microphone sees and hears everybody else', async ({
	world,
	open,
	launch
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!, { browser: await launch({ devices: false }) });
	for (const person of [mentor, learner]) await person.goTo(lesson);
	await mentor.turnOnDevices();
	await learner.button('Turn on camera and microphone').click();
	await expect(learner.page.getByText('No camera was found')).toBeVisible();
	await mentor.button('Start session').click();
	await expectToSeeAndHear(learner.page);
	await expect(learner.videoOf(mentor.person)).toBeVisible();
	await expect(mentor.lineOf(learner.person)).toContainText('microphone off, camera off');
	await expect(mentor.videoOf(learner.person)).toBeHidden();
	await expect(mentor.page.getByRole('main').getByText('Camera off')).toBeVisible();
	// The other side gets silence, not nothing: trouble would be told apart.
	await expect(mentor.control('Mute microphone')).toBeEnabled();
	await learner.control('Open chat').click();
	await learner.say('I have no camera');
	await mentor.control('Open chat').click();
	await expect(mentor.chat).toContainText('I have no camera');
});

test('[L4] without ever pressing the device button one takes part as well', async ({ world, open }) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!);
	for (const person of [mentor, learner]) await person.goTo(lesson);
	await mentor.turnOnDevices();
	await mentor.button('Start session').click();
	await expectToSeeAndHear(learner.page);
	expect(await learner.page.evaluate(() => window.mediaProbe.asked.devices)).toBe(0);
	// A camera that comes later needs no new call.
	const calls = () => mentor.page.evaluate(() => window.mediaProbe.connections.length);
	const before = await calls();
	await learner.control('Turn camera on').click();
	await expect(mentor.videoOf(learner.person)).toBeVisible();
	await learner.control('Unmute microphone').click();
	await expectToSeeAndHear(mentor.page);
	expect(await calls()).toBe(before);
});
