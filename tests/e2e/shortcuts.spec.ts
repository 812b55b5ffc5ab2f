import { expect, test } from '../support/lessonTest.ts';
import { expectSaid } from '../support/noticeLog.ts';
import type { RoomPage } from '../support/roomPage.ts';

/** Whether this person can be heard, as the room itself has it. */
function isHeard({ page }: RoomPage): Promise<boolean | undefined> {
	return page.evaluate(() => window.__peerlearnRoom?.view().media.microphone);
}

const sign = ({ page }: RoomPage) => page.getByText('You are talking – release Space to mute');

test('[C6] [Y2] the keys of the call, where they belong to something else, and the switch that turns them off', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const { page, control } = mentor;
	const { keyboard } = page;
	await mentor.goTo(lesson);
	await mentor.turnOnDevices();
	await mentor.button('Start session').click();
	await mentor.inCall();

	await keyboard.press('m');
	await expect(control('Unmute microphone')).toBeVisible();
	await expectSaid(page, 'Microphone muted');
	await keyboard.press('ControlOrMeta+d');
	await expect(control('Mute microphone')).toBeVisible();
	await keyboard.press('v');
	await expect(control('Turn camera on')).toBeVisible();
	await keyboard.press('ControlOrMeta+e');
	await expect(control('Turn camera off')).toBeVisible();
	await keyboard.press('h');
	await expect(control('Lower hand')).toBeVisible();
	await keyboard.press('f');
	await expect(page.locator('.room')).toHaveClass(/full/);
	await keyboard.press('f');
	await expect(page.locator('.room')).not.toHaveClass(/full/);
	await keyboard.press('b');
	await expect(page.getByRole('region', { name: 'Whiteboard' }).getByText(/^Saved$/)).toBeVisible();
	const drawing = page.getByRole('application', { name: 'Drawing area' });
	await drawing.focus();
	// Letters choose tools there, and the call has its keys with Ctrl.
	await keyboard.press('m');
	await keyboard.press('v');
	await expect(page.getByRole('button', { name: 'Select and move', pressed: true })).toBeVisible();
	await keyboard.press('ControlOrMeta+d');
	await expect(control('Unmute microphone')).toBeVisible();
	await expect(control('Turn camera off')).toBeVisible();
	await control('Close whiteboard').focus();
	await keyboard.press('b');
	await expect(control('Open whiteboard')).toBeVisible();

	await keyboard.press('c');
	const message = page.getByRole('textbox', { name: 'Message' });
	await expect(message).toBeFocused();
	await keyboard.type('mvhcbf ?');
	await keyboard.press('ControlOrMeta+d');
	await expect(message).toHaveValue('mvhcbf ?');
	await expect(control('Unmute microphone')).toBeVisible();
	await expect(control('Lower hand')).toBeVisible();
	await keyboard.press('Escape');
	await expect(control('Open chat')).toBeFocused();

	// In a menu letters look for its entries, and Space chooses.
	await control('More options').focus();
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitem').first()).toBeFocused();
	await keyboard.press('c');
	await expect(page.getByRole('menuitem', { name: 'Copy the link' })).toBeFocused();
	await keyboard.press('Escape');
	await expect(control('Open chat')).toBeVisible();

	await keyboard.press('?');
	const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
	const single = dialog.getByRole('switch', { name: 'Single-key shortcuts' });
	await expect(dialog.getByText('Mute or unmute the microphone')).toBeVisible();
	await keyboard.press('m');
	await expect(control('Unmute microphone')).toHaveAttribute('aria-keyshortcuts', 'M Control+D');
	await single.press('Space');
	await expect(single).not.toBeChecked();
	await keyboard.press('Escape');
	await expect(control('More options')).toBeFocused();
	await expect(control('Unmute microphone')).toHaveAttribute('aria-keyshortcuts', 'Control+D');
	for (const key of ['m', 'h', 'c', 'f', '?']) await keyboard.press(key);
	await keyboard.press('ControlOrMeta+d');
	await expect(control('Mute microphone')).toBeVisible();
	await expect(control('Lower hand')).toBeVisible();
	await expect(control('Open chat')).toBeVisible();
	await expect(dialog).toBeHidden();
	await expect(page.locator('.room')).not.toHaveClass(/full/);
	// Still off after a reload, for this person on this device.
	await page.reload();
	await mentor.inCall();
	await keyboard.press('Shift');
	await expect(control('Mute microphone')).toHaveAttribute('aria-keyshortcuts', 'Control+D');
});

test('[C6] whoever holds Space to talk is muted again, whatever happens meanwhile', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor, { expectErrors: /WebSocket|ERR_INTERNET_DISCONNECTED/ });
	const { page, control } = mentor;
	const { keyboard } = page;
	await mentor.goTo(lesson);
	await mentor.turnOnDevices();
	await mentor.button('Start session').click();
	await mentor.inCall();
	// The keys are fetched when the first one is pressed, or once the lesson runs.
	await keyboard.press('Shift');
	await expect(control('Mute microphone')).toHaveAttribute('aria-keyshortcuts', 'M Control+D');
	// By mouse: the focus is on the button, and Space talks all the same.
	await control('Mute microphone').click();
	await expect.poll(() => isHeard(mentor)).toBe(false);

	async function hold(): Promise<void> {
		await keyboard.down('Space');
		await expect(sign(mentor)).toBeVisible();
		await expect.poll(() => isHeard(mentor)).toBe(true);
	}
	async function expectMuted(why: string): Promise<void> {
		await expect(sign(mentor), why).toBeHidden();
		await expect.poll(() => isHeard(mentor), why).toBe(false);
	}

	await hold();
	await keyboard.up('Space');
	await expectMuted('released');
	await expect(control('Unmute microphone')).toBeFocused();

	const happenings: [string, () => Promise<unknown>][] = [
		['another window', () => page.evaluate(() => dispatchEvent(new Event('blur')))],
		['hidden', () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))],
		['a menu of the system', () => page.evaluate(() => dispatchEvent(new Event('contextmenu')))],
		['devices', () => page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')))],
		['a second key', () => keyboard.press('Shift')],
		['a key that has a meaning', () => keyboard.press('m')],
		['a dialog', () => control('End session').click()],
		['a field', () => control('Open chat').click()],
		['no network', () => page.context().setOffline(true)]
	];
	for (const [why, happen] of happenings) {
		await hold();
		await happen();
		await expectMuted(why);
		// Its repetitions neither talk nor write.
		await keyboard.down('Space');
		await expectMuted(`${why}, and still held`);
		await keyboard.up('Space');
		await expectMuted(`${why}, and released`);
		if (why === 'a dialog') {
			await mentor.button('Cancel').click();
			await expect(page.getByRole('alertdialog')).toBeHidden();
		}
		if (why !== 'a field') continue;
		await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
		await control('Close chat').click();
	}
	await page.context().setOffline(false);
	await expect(page.getByText('You’re offline. Session paused.')).toHaveCount(0);

	// A button that the keyboard is on is pressed by Space.
	await control('Open whiteboard').focus();
	await keyboard.press('ArrowRight');
	await keyboard.down('Space');
	await expectMuted('a button has the focus');
	await keyboard.up('Space');
	await expect(control('Lower hand')).toBeFocused();

	// The camera is remembered meanwhile, the open microphone is not.
	await control('Lower hand').click();
	await hold();
	await control('Turn camera off').click();
	await page.reload();
	await mentor.inCall();
	await expect(control('Unmute microphone')).toBeVisible();
	await expectMuted('reloaded');
	await keyboard.up('Space');
	await expectMuted('reloaded and released');
});
