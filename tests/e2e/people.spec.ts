import type { Page } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { toast } from '../support/roomPage.ts';

declare global {
	interface Window {
		/** What the fake recogniser of a page hears. */
		speech?: { say(text: string, final: boolean): void; listening: number };
	}
}

const NAMES = ['Maya Okafor', 'Liam Chen', 'Aisha Rahman'];

test('[C2] [M1] [Y2] the mentor sees hands in their order, mutes, lowers, removes and lets in again, all by keyboard', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom({ names: NAMES });
	// While axe reads the page nothing else runs in it, so that the server socket may be taken for lost.
	const options = { expectErrors: /CLOSING or CLOSED/ };
	const [maya, liam, aisha] = (await inRoom(lesson, options)) as [
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
	await expect(toast(liam.page, 'Maya muted you. You can unmute yourself.')).toBeVisible();
	await expect(liam.control('Unmute microphone')).toBeVisible();
	await expect(toast(maya.page, 'Liam Chen is muted')).toBeVisible();
	await expect(actions).toBeFocused();

	await maya.button('Actions for everyone').click();
	await maya.page.getByRole('menuitem', { name: 'Lower all hands' }).click();
	for (const { page, control } of [liam, aisha]) {
		await expect(toast(page, 'Maya lowered your hand')).toBeVisible();
		await expect(control('Raise hand')).toBeVisible();
	}
	await expect(maya.lineOf(aisha.person)).not.toContainText('Hand raised');

	await actions.focus();
	await maya.page.keyboard.press('Enter');
	await maya.page.keyboard.press('End');
	await maya.page.keyboard.press('Enter');
	const question = maya.page.getByRole('alertdialog', { name: 'Remove Liam Chen?' });
	await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
	await question.getByRole('button', { name: 'Remove' }).click();
	await expect(liam.page.getByRole('heading', { name: 'You are not in this session now' })).toBeVisible();
	await expect(toast(aisha.page, 'Liam Chen was removed from the session')).toBeVisible();
	await expect(maya.page.getByRole('region', { name: 'People' })).toBeFocused();
	await liam.page.reload();
	await expect(liam.page.getByRole('heading', { name: 'You are not in this session now' })).toBeVisible();
	await expect(liam.toolbar).toBeHidden();
	await expectNoViolation(liam.page, 'removed');
	await aisha.control('Open chat').click();
	await aisha.say('Said while Liam was away');

	await expectNoViolation(maya.page, 'somebody is removed');
	await maya.button('Let back in: Liam Chen').click();
	await expect(liam.toolbar).toBeVisible({ timeout: 10_000 });
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
	await liam.page.keyboard.press('Enter');
	await expect(liam.control('Reactions')).toBeFocused();
	for (const [side, video] of [
		[maya, maya.videoOf(liam.person)],
		[liam, liam.page.getByLabel('Your video')]
	] as const)
		await expect(side.page.getByRole('figure').filter({ has: video }).locator('[data-reactions]')).toHaveText(
			'👏'
		);
	await expect(maya.page.locator('[data-announcer]')).toContainText('Liam: Clapping');
	await expect(maya.page.locator('[data-reactions]')).toHaveCount(0);
});

test('[Y1] live captions: one asks, the other agrees, and what is said is read until it is hidden', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ names: NAMES.slice(0, 2) });
	const options = { expectErrors: /CLOSING or CLOSED/ };
	const maya = await open(lesson.mentor, options);
	const liam = await open(lesson.learners[0]!, options);
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
	await expect(strip).toContainText('Those who take part are muted', { timeout: 12_000 });
	await maya.control('Unmute microphone').click();
	await expect.poll(() => listening(maya.page)).toBe(1);
	await liam.button('Hide captions').click();
	await expect(strip).toBeHidden();
	await expect.poll(() => listening(maya.page)).toBe(0);
	expect((await world.log(lesson)).map(({ type }) => type)).not.toContain('chat.message');
});

function say(page: Page, text: string, final: boolean): Promise<void> {
	return page.evaluate(([words, isFinal]) => window.speech!.say(words, isFinal), [text, final] as const);
}

function listening(page: Page): Promise<number> {
	return page.evaluate(() => window.speech!.listening);
}

/** Runs in the page before its own scripts: the browser here has no speech service. */
function installFakeSpeech(): void {
	const open = new Set<FakeRecognition>();
	class FakeRecognition {
		onresult: ((event: object) => void) | null = null;
		onend: (() => void) | null = null;
		start() {
			open.add(this);
		}
		abort() {
			open.delete(this);
			queueMicrotask(() => this.onend?.());
		}
	}
	Object.assign(window, { SpeechRecognition: FakeRecognition, webkitSpeechRecognition: FakeRecognition });
	window.speech = {
		get listening() {
			return open.size;
		},
		say(transcript, isFinal) {
			const results = [Object.assign([{ transcript }], { isFinal })];
			for (const each of open) each.onresult?.({ resultIndex: 0, results });
		}
	};
}
