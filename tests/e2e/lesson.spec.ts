import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear, trackStates } from '../support/mediaProbe.ts';
import { expectToast } from '../support/noticeLog.ts';
import { waitingLearners, type RoomPage } from '../support/roomPage.ts';
import { PASSWORD } from '../support/world.ts';

async function signIn({ page, person }: RoomPage): Promise<void> {
	await page.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('[E2] [L1] [L2] [L3] [C1] [F1] [F3] [F6] a lesson from sign-in to recap', async ({ world, open }) => {
	const lesson = await world.classroom({ startsIn: 90, title: 'Fractions' });
	const alan = lesson.learners[0]!;
	const mentor = await open(lesson.mentor, { signedIn: false });
	const learner = await open(alan, { signedIn: false });

	// Signed out: to the login page, and back to the room after it.
	await mentor.goTo(lesson);
	await expect(mentor.page).toHaveURL(/\/login/);
	await signIn(mentor);
	await expect(mentor.page).toHaveURL(new RegExp(`${lesson.path}$`));
	await expect(mentor.page.getByRole('heading', { name: 'Fractions' })).toBeVisible();
	await expect(mentor.page.getByText('with Alan Turing')).toBeVisible();
	await expect(mentor.page.getByText(/^Starts in /)).toBeVisible();
	await mentor.turnOnDevices();

	await learner.goTo(lesson);
	await signIn(learner);
	await expect(learner.page.getByText('Waiting for mentor…')).toBeVisible();
	await expect(learner.button('Start session')).toHaveCount(0);
	await expectToast(mentor.page, 'Alan Turing is waiting in the room');
	for (const { page } of [mentor, learner])
		await expect(waitingLearners(page).getByText('Alan Turing')).toBeVisible();
	await learner.turnOnDevices();

	await mentor.button('Start session').click();
	for (const person of [mentor, learner]) await person.inCall();
	await expect(mentor.videoOf(alan)).toBeVisible();
	await expect(learner.videoOf(lesson.mentor)).toBeVisible();
	for (const { page } of [mentor, learner]) {
		await expect(page.getByLabel('Your video', { exact: true })).toBeVisible();
		await expectToSeeAndHear(page);
		// The stream of the lobby is the stream of the call: nothing was asked for twice.
		expect(await page.evaluate(() => window.mediaProbe.asked.devices)).toBe(1);
	}

	await mentor.control('End session').click();
	await mentor.page.getByRole('alertdialog').getByRole('button', { name: 'End for everyone' }).click();

	const rating = learner.page.getByRole('dialog', { name: 'Rate your mentor' });
	await rating.getByRole('radio', { name: '5 stars' }).check();
	await rating.getByLabel('Comment').fill('Now I know what a half is.');
	await rating.getByRole('button', { name: 'Send feedback' }).click();
	await expectToast(learner.page, 'Thank you for your feedback');
	await expect(learner.page).toHaveURL(new RegExp(`${lesson.path}/recap$`));

	const wrapUp = mentor.page.getByRole('dialog');
	await expect(wrapUp.getByRole('heading', { name: 'Upload resources' })).toBeVisible();
	await wrapUp
		.getByRole('group', { name: 'Rate your learner' })
		.getByRole('radio', { name: '4 stars' })
		.check();
	await wrapUp.getByRole('button', { name: 'Send feedback' }).click();
	await expectToast(mentor.page, 'Thank you for your feedback');

	for (const { page } of [mentor, learner]) {
		for (const source of ['microphone', 'camera'] as const)
			expect(new Set(await trackStates(page, source))).toEqual(new Set(['ended']));
	}
	expect(await world.session(lesson)).toMatchObject({ status: 'completed', endReason: 'mentor' });
	expect((await world.ratings(lesson)).map(({ stars, comment }) => [stars, comment]).sort()).toEqual([
		[4, ''],
		[5, 'Now I know what a half is.']
	]);
	expect(await world.ledger(lesson)).toMatchObject([{ amountMinor: 3_500 }]);
});
