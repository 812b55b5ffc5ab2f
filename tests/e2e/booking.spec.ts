import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { sidewaysScroll } from '../support/measures.ts';
import { PASSWORD } from '../support/world.ts';

test('[A2] [A4] [P12] a mentor offers hours, a stranger in another zone picks one, signs up and has it; who is slower picks again', async ({
	world,
	open
}) => {
	test.slow();
	const grace = await world.person('mentor', 'Grace Hopper');
	const mentor = await open(grace, { context: { timezoneId: 'Asia/Kathmandu' } });
	const { page } = mentor;
	const { keyboard } = page;

	// Hours by the keyboard: Monday's, and the same for all other days.
	await page.goto('/availability');
	await mentor.button('Add hours on Monday').focus();
	await keyboard.press('Enter');
	await expect(page.getByLabel('Monday, from')).toBeFocused();
	await page.getByLabel('Monday, until').fill('08:00');
	await mentor.button('Copy the hours of Monday to other days').focus();
	await keyboard.press('Enter');
	await mentor.button('All of them').press('Enter');
	await mentor.button('Copy').press('Enter');
	await expect(page.getByLabel('Sunday, until')).toHaveValue('08:00');
	await expect(mentor.button('Copy the hours of Monday to other days')).toBeFocused();
	await page.getByLabel('Title').fill('An hour of algebra');
	await page.getByLabel('Open for bookings').press('Space');
	await mentor.button('Save').press('Enter');

	// What is wrong is told at its field, which has the focus, and goes away as it is mended.
	const end = page.getByLabel('Monday, until');
	await expect(page.getByLabel('Monday, from')).toBeFocused();
	await expect(end).toHaveAccessibleDescription(/The end has to come after the start/);
	await expectNoViolation(page, 'availability with errors');
	for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
		await page.getByLabel(`${day}, until`).fill('17:00');
	await expect(end).not.toHaveAttribute('aria-invalid');
	await page.getByLabel('Price').fill('35');
	await mentor.button('Save').click();
	await expect(page.getByText('Your availability is saved').last()).toBeVisible();
	await page.reload();
	await expect(end).toHaveValue('17:00');
	await expectNoViolation(page, 'availability');
	const path = new URL((await page.getByRole('link', { name: 'View page' }).getAttribute('href'))!, world.url)
		.pathname;
	await page.goto('/dashboard');

	// Grace lives in Berlin, whatever her device says; the stranger reads New York's time with hers beside it.
	const stranger = await open(grace, { signedIn: false, context: { timezoneId: 'America/New_York' } });
	const slower = await open(await world.person('learner', 'Ada Lovelace'));
	const times = (of: typeof stranger) => of.page.getByRole('list', { name: 'Free times' }).getByRole('link');
	await stranger.page.goto(path);
	await expect(stranger.page.getByLabel('Time zone')).toHaveValue('America/New_York');
	// One tab stop in the month; arrows lead to the next free day, Enter picks it.
	const day = stranger.page.getByRole('grid').getByRole('button');
	const before = await day.first().getAttribute('aria-label');
	await stranger.page.locator('[role=grid] [tabindex="0"]').press('ArrowRight');
	await stranger.page.keyboard.press('Enter');
	const chosen = stranger.page.getByRole('grid').getByRole('button', { pressed: true });
	await expect(chosen).not.toHaveAccessibleName(before!);
	const first = times(stranger).first();
	await expect(first).toHaveText(/^\s*0[34]:00\s+09:00 for Grace Hopper\s*$/);
	await expectNoViolation(stranger.page, 'booking page');
	await first.click();
	const here = stranger.page.getByRole('heading', { name: 'Book this time' });
	await expect(here).toBeVisible();
	await expect(stranger.page.getByText(/09:00 – 10:00 CES?T for Grace Hopper/)).toBeVisible();
	await expectNoViolation(stranger.page, 'a picked time, signed out');
	const picked = new URL(stranger.page.url());
	await slower.page.goto(picked.pathname + picked.search);
	await slower.page.getByLabel('Message to Grace').fill('Typed before somebody was faster');

	// Signing up leads back to that very time.
	await stranger.page.getByRole('link', { name: 'Create an account' }).click();
	await stranger.page.getByLabel('Name').fill('Alan Turing');
	await stranger.page.getByLabel('E-mail').fill('alan-books@people.test');
	await stranger.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await stranger.button('Create account').click();
	await expect(here).toBeVisible();
	expect(stranger.page.url()).toBe(picked.href);
	await stranger.page.getByLabel('Message to Grace').fill('Matrices, please.');
	await expectNoViolation(stranger.page, 'a picked time, signed in');
	await stranger.button('Book session').click();
	await expect(stranger.page.getByRole('heading', { name: 'Your session is booked' })).toBeVisible();
	await expectNoViolation(stranger.page, 'booked');
	await stranger.page.setViewportSize({ width: 320, height: 640 });
	expect(await sidewaysScroll(stranger.page)).toEqual([]);
	// The mentor's start page has it by itself, at her own time.
	const upcoming = page.getByRole('region', { name: 'Upcoming' });
	await expect(upcoming.getByRole('link', { name: 'An hour of algebra', exact: true })).toBeVisible();
	await expect(upcoming.getByText(/09:00 – 10:00/)).toBeVisible();

	await slower.button('Book session').click();
	await expect(slower.page.getByText(/Somebody else was a moment faster/)).toBeVisible();
	await times(slower).first().click();
	await expect(slower.page.getByLabel('Message to Grace')).toHaveValue('Typed before somebody was faster');
	await slower.button('Book session').click();
	await expect(slower.page.getByRole('heading', { name: 'Your session is booked' })).toBeVisible();
});
