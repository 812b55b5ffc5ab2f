import { expectNoViolation, expectNoViolationInBoth } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { waitingLearners } from '../support/roomPage.ts';

test('[Y1] axe finds nothing on the pages outside of the room, light and dark', async ({ world, open }) => {
	const lesson = await world.classroom();
	const guest = await open(lesson.mentor, { signedIn: false });
	const outside = [
		'/',
		'/login?after=changed',
		'/forgot',
		'/verify/none',
		'/reset/none',
		'/outbox',
		'/signup'
	];
	for (const path of outside) {
		await guest.page.goto(path);
		await expectNoViolationInBoth(guest.page, path);
	}
	await guest.button('Create account').click();
	await expect(guest.page.getByText('Enter your name.')).toBeVisible();
	await expectNoViolationInBoth(guest.page, 'sign-up with errors');

	// While axe reads the page nothing else runs in it, so that the bell’s socket may be taken for lost.
	const expectErrors = /404|CLOSING or CLOSED/;
	const mentor = await open(lesson.mentor, { expectErrors });
	const planned = `/sessions/${lesson.roomCode}`;
	const own = [
		...['/dashboard', '/sessions/new', planned, '/calendar', '/calendar/feed', '/availability'],
		...['/notifications', '/account']
	];
	for (const path of [...own, '/nowhere']) {
		await mentor.page.goto(path);
		await expectNoViolationInBoth(mentor.page, path);
	}
});

test('[Y1] axe finds nothing from lobby to recap, light and dark', async ({ world, open }) => {
	test.slow();
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!);
	await mentor.goTo(lesson);
	await expect(mentor.button('Start session')).toBeEnabled();
	await expectNoViolationInBoth(mentor.page, 'empty lobby');
	await mentor.turnOnDevices();
	await learner.goTo(lesson);
	await expect(waitingLearners(mentor.page).getByRole('listitem')).toHaveCount(1);
	await expectNoViolationInBoth(mentor.page, 'lobby with devices, a learner and a toast');
	await expectNoViolationInBoth(learner.page, 'lobby of a learner');
	await learner.turnOnDevices();

	await mentor.button('Start session').click();
	for (const person of [mentor, learner]) await person.inCall();
	await expectNoViolationInBoth(mentor.page, 'the call');
	await learner.control('Raise hand').click();
	await learner.control('Turn camera off').click();
	await expect(mentor.lineOf(learner.person)).toContainText('Hand raised');
	await mentor.control('Open chat').click();
	await mentor.say('See https://example.org');
	await expectNoViolationInBoth(mentor.page, 'chat, hand, camera off');
	await mentor.control('More options').click();
	await expect(mentor.page.getByRole('menu')).toBeVisible();
	await expectNoViolationInBoth(mentor.page, 'More options');
	await mentor.page.getByRole('menuitem', { name: /^Connection details/ }).click();
	await expect(mentor.page.getByRole('table')).toBeVisible();
	await expectNoViolationInBoth(mentor.page, 'Connection details');
	await mentor.page.keyboard.press('Escape');
	await mentor.control('End session').click();
	await expect(mentor.page.getByRole('alertdialog')).toBeVisible();
	await expectNoViolationInBoth(mentor.page, 'End session?');
	await mentor.button('Cancel').click();

	await learner.control('Leave session').click();
	await expect(learner.button('Rejoin')).toBeVisible();
	await expectNoViolationInBoth(learner.page, 'You left');
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	for (const { page } of [mentor, learner]) {
		await expect(page.getByRole('dialog')).toBeVisible();
		await expectNoViolationInBoth(page, 'after the lesson');
		await page.keyboard.press('Escape');
		await expect(page).toHaveURL(/\/recap$/);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expectNoViolationInBoth(page, 'recap');
	}
});

test('[Y1] what is wrong is found, light and dark, also on a page that was looked at before', async ({
	world,
	open
}) => {
	const { page } = await open(await world.person('learner'), { signedIn: false });
	await page.goto('/login');
	await expectNoViolation(page, 'as it is');
	await page.evaluate(() => {
		const faint = document.body.appendChild(document.createElement('p'));
		Object.assign(faint.style, { color: '#777', background: '#888' });
		faint.append('Faint', document.createElement('img'));
	});
	await expect(expectNoViolation(page, 'light')).rejects.toThrow(/image-alt: <img>/);
	await page.emulateMedia({ colorScheme: 'dark' });
	await expect(expectNoViolation(page, 'dark')).rejects.toThrow(/color-contrast: <p/);
});
