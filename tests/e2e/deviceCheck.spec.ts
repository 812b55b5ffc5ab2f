import type { Page } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear, readFlow, trackStates } from '../support/mediaProbe.ts';
import { expectSaid } from '../support/noticeLog.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { writeSpokenWav } from '../support/spokenWav.ts';

/** Three cameras, of which the second one cannot be sent, and several microphones and speakers. */
const SEVERAL = ['--use-fake-device-for-media-stream=device-count=3'];

function asked({ page }: RoomPage): Promise<number> {
	return page.evaluate(() => window.mediaProbe.asked.devices);
}

/** What is chosen in a picker, by its name. */
function chosen(page: Page, picker: 'Camera' | 'Microphone' | 'Speaker'): Promise<string> {
	return page
		.getByRole('combobox', { name: picker, exact: true })
		.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text ?? '');
}

async function choose(page: Page, picker: 'Camera' | 'Microphone' | 'Speaker', label: string): Promise<void> {
	await page.getByRole('combobox', { name: picker, exact: true }).selectOption({ label });
	await expect.poll(() => chosen(page, picker)).toBe(label);
}

test('[L4] [L5] the device check: pickers, meter in words, tests, remembered after a reload, and the same stream in the room', async ({
	world,
	open,
	launch
}) => {
	const lesson = await world.classroom();
	const browser = await launch({ args: SEVERAL, devices: false });
	const mentor = await open(lesson.mentor, { browser });
	const { page } = mentor;
	await mentor.goTo(lesson);
	await expect(mentor.button('Start session')).toBeEnabled();
	expect(await asked(mentor)).toBe(0);
	await mentor.button('Turn on camera and microphone').press('Enter');
	await expect(page.getByText('We hear you.')).toBeVisible();
	await expectSaid(page, 'Your microphone works.');
	// The focus is on what took the place of the button.
	await expect(mentor.button('Mute microphone')).toBeFocused();
	// Both go by themselves after six seconds: looked for before they come.
	const recording = page.getByText(/^Recording, \d seconds left/).waitFor();
	const playing = page.getByText('This is how you sound…').waitFor();
	const stopped = playing.then(() => mentor.button('Stop').click());
	await mentor.button('Record a test').click();
	await recording;

	// Meanwhile.
	await choose(page, 'Camera', 'fake_device_2');
	await expect.poll(() => trackStates(page, 'camera')).toEqual(['ended', 'live']);
	await choose(page, 'Speaker', 'Fake Audio Output 2');
	await stopped;
	await mentor.button('Test speaker').click();
	await page.getByRole('group', { name: 'Did you hear it?' }).getByRole('button', { name: 'Yes' }).click();
	await expect(page.getByText('You hear it.')).toBeVisible();
	await expect(mentor.button('Play again')).toBeFocused();
	await choose(page, 'Microphone', 'Fake Audio Input 1');
	await expect(page.getByText('We hear you.')).toBeVisible();
	await mentor.button('Mute microphone').click();
	await expect(page.getByText('We hear you. The others do not: you are muted.')).toBeVisible();
	await expectNoViolation(page, 'the device check');

	await page.reload();
	await expect(mentor.button('Unmute microphone')).toBeVisible();
	await expect(mentor.button('Turn camera off')).toBeVisible();
	for (const [picker, label] of [
		['Camera', 'fake_device_2'],
		['Microphone', 'Fake Audio Input 1'],
		['Speaker', 'Fake Audio Output 2']
	] as const)
		await expect.poll(() => chosen(page, picker)).toBe(label);
	expect(await asked(mentor)).toBe(1);
	await mentor.button('Start session').click();
	await expect(mentor.control('Unmute microphone')).toBeVisible();
	expect([
		await asked(mentor),
		await trackStates(page, 'camera'),
		await trackStates(page, 'microphone')
	]).toEqual([1, ['live'], ['live']]);
});

/** Looks at what comes in until it is told to stop; answers the longest times without new pictures and sound, ms. */
async function watchForGaps(page: Page): Promise<() => Promise<{ pictures: number; sound: number }>> {
	await page.evaluate(() => {
		const gaps = { pictures: 0, sound: 0 };
		const last = { pictures: { value: -1, at: 0 }, sound: { value: -1, at: 0 } };
		const timer = setInterval(async () => {
			const connection = window.mediaProbe.connections.find((one) => one.connectionState === 'connected');
			for (const [, stat] of (await connection?.getStats()) ?? []) {
				if (stat.type !== 'inbound-rtp') continue;
				const key = stat.kind === 'video' ? 'pictures' : 'sound';
				const value = stat.kind === 'video' ? stat.framesDecoded : stat.bytesReceived;
				const now = performance.now();
				if (last[key].value >= 0) gaps[key] = Math.max(gaps[key], now - last[key].at);
				if (value !== last[key].value) last[key] = { value, at: now };
			}
		}, 50);
		Object.assign(window, {
			gaps() {
				clearInterval(timer);
				return gaps;
			}
		});
	});
	return () =>
		page.evaluate(() => (window as unknown as { gaps(): { pictures: number; sound: number } }).gaps());
}

test(
	'[L4] [C7] [C8] devices change in the call without a gap, muted stays muted, and who speaks while muted is told',
	{ tag: '@alone' },
	async ({ world, open, launch }, info) => {
		const lesson = await world.classroom();
		const voice = info.outputPath('voice.wav');
		await writeSpokenWav(voice);
		const args = [...SEVERAL, `--use-file-for-fake-audio-capture=${voice}`];
		const browser = await launch({ args, devices: false });
		const mentor = await open(lesson.mentor, { browser });
		const learner = await open(lesson.learners[0]!);
		for (const person of [mentor, learner]) {
			await person.goTo(lesson);
			await person.turnOnDevices();
		}
		await mentor.button('Start session').click();
		for (const person of [mentor, learner]) await person.inCall();
		await expectToSeeAndHear(learner.page);
		const { page } = mentor;
		const before = await readFlow(learner.page);

		await mentor.control('More options').click();
		await page.getByRole('menuitem', { name: /^Devices/ }).click();
		const dialog = page.getByRole('dialog', { name: 'Devices' });
		await expect(dialog.getByText('We hear you.')).toBeVisible();
		const gapsOf = await watchForGaps(learner.page);
		await choose(page, 'Camera', 'fake_device_2');
		await expect.poll(() => trackStates(page, 'camera')).toEqual(['ended', 'live']);
		await choose(page, 'Microphone', 'Fake Audio Input 2');
		await expect.poll(() => trackStates(page, 'microphone')).toEqual(['ended', 'live']);
		await expectToSeeAndHear(learner.page);

		const noise = dialog.getByRole('switch', { name: 'Noise suppression' });
		await noise.click();
		await expect(noise).not.toBeChecked();
		const processing = () =>
			page.evaluate(() => {
				const live = window.mediaProbe.tracks.filter(
					({ source, track }) => source === 'microphone' && track.readyState === 'live'
				);
				return live.map(({ track }) => {
					const { noiseSuppression, echoCancellation } = track.getSettings();
					return { noiseSuppression, echoCancellation };
				});
			});
		await expect.poll(processing).toEqual([{ noiseSuppression: false, echoCancellation: true }]);
		await expectToSeeAndHear(learner.page);
		const gaps = await gapsOf();
		info.annotations.push({
			type: 'longest gap',
			description: `pictures ${Math.round(gaps.pictures)} ms, sound ${Math.round(gaps.sound)} ms`
		});
		// Two seconds without anything would be trouble.
		expect(gaps.pictures).toBeLessThan(2_000);
		expect(gaps.sound).toBeLessThan(2_000);
		// The same one connection, never set up anew.
		expect((await readFlow(learner.page)).of).toBe(before.of);

		await choose(page, 'Speaker', 'Fake Audio Output 1');
		const sink = () =>
			mentor.videoOf(learner.person).evaluate((video: HTMLVideoElement) => video.sinkId !== '');
		await expect.poll(sink).toBe(true);
		await expectNoViolation(page, 'Devices');
		await page.keyboard.press('Escape');
		await expect(mentor.control('More options')).toBeFocused();

		const speaks = () =>
			learner.page.evaluate(
				(name) => window.__peerlearnRoom?.view().people.find((one) => one.name === name)?.speaking,
				lesson.mentor.name
			);
		await expect.poll(speaks).toBe(true);
		await mentor.control('Mute microphone').click();
		await expect.poll(speaks).toBe(false);
		await expect(page.getByText(/^You are muted\..*Press M to speak/)).toBeVisible();
		await expectSaid(page, 'Your microphone is muted');
		await mentor.button('Unmute').press('Enter');
		await expect(mentor.control('Mute microphone')).toBeVisible();
		await expect(mentor.toolbar.locator(':focus')).toHaveCount(1);
		await expect.poll(speaks).toBe(true);
	}
);
