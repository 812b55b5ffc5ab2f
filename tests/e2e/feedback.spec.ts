import type { Page } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToast } from '../support/noticeLog.ts';

/** From the next load on what the server tells this page can be kept back, and passed on later. Its signs of life come through. */
async function holdNews(page: Page): Promise<{ hold(): void; passOn(): void }> {
	let held: (() => void)[] | null = null;
	await page.routeWebSocket(/\/trpc/, (socket) => {
		socket.connectToServer().onMessage((message) => {
			if (held && !/^P[IO]NG$/.test(String(message))) held.push(() => socket.send(message));
			else socket.send(message);
		});
	});
	return {
		hold: () => void (held ??= []),
		passOn() {
			const waiting = held ?? [];
			held = null;
			for (const send of waiting) send();
		}
	};
}

test('[F3] [F4] a rating survives reload and failure, stays hidden, may be changed, and is shown for good', async ({
	world,
	inRoom
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson, { expectErrors: /Failed to load resource|WebSocket|ERR_/ });
	const { page } = learner;
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();

	// What was begun in the room is found again in the recap, also after a failed save.
	const dialog = page.getByRole('dialog', { name: 'Rate your mentor' });
	await dialog.getByRole('radio', { name: '4 stars' }).check();
	await dialog.getByLabel('Comment').fill('Clear and calm');
	await dialog.getByRole('radio', { name: 'Yes' }).check();
	await expectNoViolation(page, 'the learner’s dialog');
	const news = await holdNews(page);
	await page.reload();
	await expect(page).toHaveURL(/\/recap$/);
	const feedback = page.getByRole('region', { name: 'Feedback' });
	await expect(feedback.getByRole('radio', { name: '4 stars' })).toBeChecked();
	await expect(feedback.getByRole('radio', { name: 'Yes' })).toBeChecked();
	await expect(feedback.getByLabel('Comment')).toHaveValue('Clear and calm');
	await page.context().setOffline(true);
	await feedback.getByRole('button', { name: 'Send feedback' }).click();
	await expect(feedback.getByRole('alert')).toContainText('The connection broke off.');
	await expect(feedback.getByLabel('Comment')).toHaveValue('Clear and calm');
	await page.context().setOffline(false);
	// What stands in front of the server answers for it: in words, and nothing is lost either.
	await page.route(/\/feedback$/, (route) => route.fulfill({ status: 502, body: '<h1>Bad Gateway</h1>' }));
	await feedback.getByRole('button', { name: 'Send feedback' }).click();
	await expect(feedback.getByRole('alert')).toContainText('The server is not reached at the moment.');
	await expect(feedback.getByLabel('Comment')).toHaveValue('Clear and calm');
	await page.unroute(/\/feedback$/);
	// In the reader's own colours, too, the stars tell how many they are.
	await page.emulateMedia({ forcedColors: 'active' });
	const filled = () =>
		feedback
			.locator('[role=radiogroup] svg')
			.evaluateAll((stars) => stars.map((star) => getComputedStyle(star).fill !== 'none'));
	expect(await filled()).toEqual([true, true, true, true, false]);
	await page.emulateMedia({ forcedColors: 'none' });
	await feedback.getByRole('button', { name: 'Send feedback' }).click();
	await expectToast(page, 'Thank you for your feedback');
	const hidden = feedback.getByText(
		new RegExp(`^${lesson.mentor.name} sees it when they have rated you too, or on \\d+ \\w+\\.$`)
	);
	await expect(hidden).toBeVisible();
	expect(await world.ratings(lesson)).toMatchObject([
		{ stars: 4, comment: 'Clear and calm', connectionToBlame: true, revealedAt: null }
	]);
	await expectNoViolation(page, 'a hidden rating');

	// Until it is shown it may be changed.
	await feedback.getByRole('button', { name: /^Change what I said/ }).click();
	await feedback.getByRole('radio', { name: '5 stars' }).check();
	await feedback.getByRole('button', { name: 'Send feedback' }).click();
	await expect(feedback.getByRole('img', { name: '5 stars' })).toBeVisible();

	// The mentor sees nothing of it, rates in the dialog, stays there and reads it.
	const wrapUp = mentor.page.getByRole('dialog');
	await expect(wrapUp).toBeVisible();
	await expect(mentor.page.getByText('Clear and calm')).toHaveCount(0);
	news.hold();
	await wrapUp.getByRole('radio', { name: '3 stars' }).check();
	await wrapUp.getByLabel('Comment').fill('Practise more');
	await wrapUp.getByRole('button', { name: 'Send feedback' }).click();
	await expect(wrapUp.getByText('Clear and calm')).toBeVisible();
	await expect(wrapUp.getByRole('heading', { name: `What ${learner.person.name} said` })).toBeVisible();
	await expect(wrapUp.getByRole('button', { name: /^Change/ })).toHaveCount(0);
	await expectNoViolation(mentor.page, 'revealed ratings in the dialog');

	// A page that does not know yet: refused in place, what was typed stays, and giving up shows how it stands.
	const change = feedback.getByRole('button', { name: /^Change what I said/ });
	const revealed = feedback.getByText('Practise more');
	await change.click();
	await feedback.getByLabel('Comment').fill('Something else');
	await feedback.getByRole('button', { name: 'Send feedback' }).click();
	await expect(feedback.getByRole('alert')).toContainText('This can no longer be changed');
	await expect(feedback.getByLabel('Comment')).toHaveValue('Something else');
	await feedback.getByRole('button', { name: 'Cancel' }).click();
	news.passOn();
	await expect(revealed).toBeVisible();
	await expect(feedback.getByRole('heading', { name: `What ${mentor.person.name} said` })).toBeVisible();
	await expect(change).toHaveCount(0);
	await expect(hidden).toHaveCount(0);
	await expectNoViolation(page, 'revealed ratings in the recap');

	// The answer about the connection is for nobody but who gave it.
	await mentor.page.goto(`${lesson.path}/recap`);
	await expect(mentor.page.getByText('Clear and calm')).toBeVisible();
	await expect(mentor.page.getByText('connection to blame')).toHaveCount(0);
	await mentor.page.emulateMedia({ colorScheme: 'dark' });
	await expectNoViolation(mentor.page, 'revealed ratings in the recap (dark)');
});
