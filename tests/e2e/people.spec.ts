import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { installFakeSpeech, listening, say } from '../support/fakeSpeech.ts';
import { expectSaid, expectToast } from '../support/noticeLog.ts';

const NAMES = ['Maya Okafor', 'Liam Chen', 'Aisha Rahman'];

test('[C2] [M1] [Y2] the mentor sees hands in their order, mutes, lowers, removes and lets in again, all by keyboard', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom({ names: NAMES });
	const [maya, liam, aisha] = (await inRoom(lesson)) as [
		Awaited<ReturnType<typeof inRoom>>[0],
		Awaited<ReturnType<typeof inRoom>>[0],
		Awaited<ReturnType<typeof inRoom>>[0]
	];
	await aisha.control('Raise hand').click();
	await expect(maya.lineOf(aisha.person)).toContainText('Hand raised, first in line');
	await liam.control('Raise hand').click();
	await expect(maya.lineOf(liam.person)).toContainText('Hand raised, second in line');
	await expect(liam.button('Actions for Aisha Rahman')).toBeHidden();
	await liam.control('Unmute microphone').click();
	await expect(maya.lineOf(liam.person)).toContainText('microphone on');

	const actions = maya.button('Actions for Liam Chen');
	await actions.focus();
	await maya.page.keyboard.press('Enter');
	await expect(maya.page.getByRole('menuitem', { name: 'Mute' })).toBeFocused();
	await expectNoViolation(maya.page, 'actions for one person');
	await maya.page.keyboard.press('Enter');
	await expectToast(liam.page, 'Maya muted you. You can unmute yourself.');
	await expect(liam.control('Unmute microphone')).toBeVisible();
	await expectToast(maya.page, 'Liam Chen is muted');
	await expect(actions).toBeFocused();

	await maya.button('Actions for everyone').click();
	await maya.page.getByRole('menuitem', { name: 'Lower all hands' }).click();
	for (const { page, control } of [liam, aisha]) {
		await expectToast(page, 'Maya lowered your hand');
		await expect(control('Raise hand')).toBeVisible();
	}
	await expect(maya.lineOf(aisha.person)).not.toContainText('Hand raised');

	await actions.focus();
	await maya.page.keyboard.press('Enter');
	await expect(maya.page.getByRole('menuitem').first()).toBeFocused();
	await maya.page.keyboard.press('End');
	await maya.page.keyboard.press('Enter');
	const question = maya.page.getByRole('alertdialog', { name: 'Remove Liam Chen?' });
	await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
	await question.getByRole('button', { name: 'Remove' }).click();
	await expect(liam.page.getByRole('heading', { name: 'You are not in this session now' })).toBeVisible();
	await expectToast(aisha.page, 'Liam Chen was removed from the session');
	await expect(maya.page.getByRole('region', { name: 'People' })).toBeFocused();
	await liam.page.reload();
	await expect(liam.page.getByRole('heading', { name: 'You are not in this session now' })).toBeVisible();
	await expect(liam.toolbar).toBeHidden();
	await expectNoViolation(liam.page, 'removed');
	await aisha.control('Open chat').click();
	await aisha.say('Said while Liam was away');

	await expectNoViolation(maya.page, 'somebody is removed');
	await maya.button('Let back in: Liam Chen').click();
	await expect(liam.toolbar).toBeVisible();
	await expect(maya.lineOf(liam.person)).toContainText('microphone off, camera off');
	await liam.control('Open chat').click();
	await expect(liam.chat).toContainText('Said while Liam was away');
	await expect(maya.button('Let back in: Liam Chen')).toBeHidden();
});

test('[C3] [M4] [Y2] reactions show on the sender’s picture and are read out together', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom({ names: NAMES.slice(0, 2) });
	const [maya, liam] = await inRoom(lesson, { context: { reducedMotion: 'reduce' } });
	await expect(liam.control('Reactions')).toBeEnabled();
	await liam.control('Reactions').focus();
	await liam.page.keyboard.press('Enter');
	await expect(liam.page.getByRole('menuitem', { name: 'Thumbs up' })).toBeFocused();
	await liam.page.keyboard.press('Escape');
	await expect(liam.control('Reactions')).toBeFocused();
	await liam.page.keyboard.press('Enter');
	await expect(liam.page.getByRole('menuitem', { name: 'Thumbs up' })).toBeFocused();
	await liam.page.keyboard.press('ArrowRight');
	// It goes by itself: looked for on both sides before it comes.
	const shown = [
		[maya, maya.videoOf(liam.person)] as const,
		[liam, liam.page.getByLabel('Your video')] as const
	].map(([{ page }, video]) =>
		page
			.getByRole('figure')
			.filter({ has: video })
			.locator('[data-reactions]', { hasText: /^\s*👏\s*$/ })
			.waitFor()
	);
	await liam.page.keyboard.press('Enter');
	await Promise.all(shown);
	await expect(liam.control('Reactions')).toBeFocused();
	await expectSaid(maya.page, 'Liam: Clapping');
	await expect(maya.page.locator('[data-reactions]')).toHaveCount(0);
});

test('[Y1] live captions: one asks, the other agrees, and what is said is read until it is hidden', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ names: NAMES.slice(0, 2) });
	const maya = await open(lesson.mentor);
	const liam = await open(lesson.learners[0]!);
	for (const { page } of [maya, liam]) await page.addInitScript(installFakeSpeech);
	await Promise.all([maya, liam].map((person) => person.goTo(lesson)));
	await maya.button('Start session').click();
	await maya.control('Unmute microphone').click();

	await liam.control('More options').click();
	await liam.page.getByRole('menuitem', { name: 'Turn on captions' }).click();
	const dialog = liam.page.getByRole('dialog', { name: 'Captions' });
	await dialog.getByRole('switch', { name: 'Show captions to me' }).check();
	await expect(dialog).toContainText('Maya Okafor has not answered yet');
	await expectNoViolation(liam.page, 'the window “Captions”');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(liam.control('More options')).toBeFocused();
	const strip = liam.page.getByRole('region', { name: 'Captions', exact: true });
	await expect(strip).toContainText('The others are asked whether they take part');

	const question = maya.page.getByRole('region', { name: 'Question about captions' });
	await expect(question).toContainText('Liam would like captions');
	await expect(question).toContainText('the speech service of its maker');
	await expectNoViolation(maya.page, 'the question about captions');
	expect(await listening(maya.page)).toBe(0);
	await question.getByRole('button', { name: 'Take part' }).click();
	await expect.poll(() => listening(maya.page)).toBe(1);
	await expect(maya.toolbar.locator(':focus')).toHaveCount(1);
	await say(maya.page, 'we add the num', false);
	await expect(strip).toContainText('Maya Okafor: we add the num');
	await say(maya.page, 'We add the <b>numbers</b>.', true);
	await expect(strip).toContainText('Maya Okafor: We add the <b>numbers</b>.');
	await expectNoViolation(liam.page, 'captions');

	// Nobody who is muted is listened to.
	await maya.control('Mute microphone').click();
	await expect.poll(() => listening(maya.page)).toBe(0);
	await expect(strip).toContainText('Those who take part are muted');
	await maya.control('Unmute microphone').click();
	await expect.poll(() => listening(maya.page)).toBe(1);
	await liam.button('Hide captions').click();
	await expect(strip).toBeHidden();
	await expect.poll(() => listening(maya.page)).toBe(0);
	expect((await world.log(lesson)).map(({ type }) => type)).not.toContain('chat.message');
});
