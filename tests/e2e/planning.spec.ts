import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { addDays, mondayOf } from '../../src/routes/calendar/weekAxis.ts';
import { readZoned } from '../../src/lib/shared/time.ts';
import { expectNoViolation } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { settledBox } from '../support/settledBox.ts';
import type { World } from '../support/world.ts';

/** Where everybody in these tests lives. */
const ZONE = 'Europe/Berlin';
/** Of next week, so that all of it is still to come. */
const MONDAY = addDays(mondayOf(new Date().toISOString().slice(0, 10)), 7);
const TUESDAY = addDays(MONDAY, 1);
const WEEK = `/calendar?week=${MONDAY}`;
/** While axe reads a page nothing else runs in it, so that its socket may be taken for lost. */
const READ_BY_AXE = /CLOSING or CLOSED/;

const at = (date: string, time: string) => {
	const read = readZoned(date, time, ZONE);
	return read.kind === 'once' || read.kind === 'twice' ? read.at : NaN;
};
const block = (page: Page, title: string) => page.getByRole('gridcell').getByRole('link', { name: title });
const status = (page: Page) => page.locator('[data-calendar-spoken]');
const sameLoad = (page: Page) => page.evaluate(() => void (document.body.dataset.sameLoad = 'yes'));
const isSameLoad = (page: Page) => page.evaluate(() => document.body.dataset.sameLoad === 'yes');

/** The link in the invitation that this address got. */
async function linkTo(world: World, address: string): Promise<string> {
	const { tables, db } = world.store;
	const find = async () => {
		const mails = await db.select().from(tables.mails).where(eq(tables.mails.toAddress, address));
		return mails.map(({ text }) => /\/invitation\/[\w-]+/.exec(text)?.[0]).find(Boolean) ?? '';
	};
	await expect.poll(find).not.toBe('');
	return find();
}

async function fillPlan(page: Page, plan: { title: string; learner: string; time: string }): Promise<void> {
	await page.getByLabel('Title').fill(plan.title);
	await page.getByRole('textbox', { name: 'Learners' }).fill(plan.learner);
	await page.keyboard.press('Enter');
	await page.getByLabel('Date').fill(TUESDAY);
	await page.getByLabel('Time').fill(plan.time);
	await page.getByLabel('Price').fill('35');
}

test('[A2] [F7] planned by form, accepted by the link, moved by drag, cancelled: the other sees each at once', async ({
	world,
	open
}) => {
	test.slow();
	const person = await world.person('mentor', 'Grace Hopper');
	const mentor = await open(person, { context: { timezoneId: ZONE }, expectErrors: READ_BY_AXE });
	const guest = await open(person, {
		...{ signedIn: false, context: { timezoneId: ZONE }, expectErrors: READ_BY_AXE }
	});
	const address = `new-${person.id.toLowerCase()}@people.test`;
	await mentor.page.goto('/sessions/new');
	await fillPlan(mentor.page, { title: 'Fractions', learner: address, time: '10:00' });
	await mentor.page.getByLabel('Description').fill('Bring your\nnotes.');
	await expect(mentor.page.getByText(/10:00 – 11:00/)).toBeVisible();
	await mentor.button('Plan session').click();
	await expect(mentor.page).toHaveURL(/\/sessions\/[\w-]+\?planned$/);
	await expect(mentor.page.getByText('Not answered yet')).toBeVisible();
	await expectNoViolation(mentor.page, 'the lesson of a mentor');
	await sameLoad(mentor.page);

	await guest.page.goto(await linkTo(world, address));
	await expect(guest.page.getByRole('heading', { name: 'Fractions' })).toBeVisible();
	await expectNoViolation(guest.page, 'an invitation, signed out');
	await guest.page.getByRole('link', { name: 'Create an account to answer' }).click();
	await expect(guest.page.getByLabel('E-mail')).toHaveValue(address);
	await guest.page.getByLabel('Name').fill('Ada Lovelace');
	await guest.page.getByLabel('Password', { exact: true }).fill('correct-horse-battery');
	await guest.button('Create account').click();
	await guest.page.getByRole('button', { name: 'Accept' }).click();
	await expect(guest.page.getByRole('heading', { name: 'You are coming' })).toBeVisible();
	await guest.page.getByRole('link', { name: 'See the session' }).click();
	await expect(guest.page).toHaveURL(/\/sessions\//);
	await expect(guest.page.getByText('10:00 – 11:00')).toBeVisible();
	await sameLoad(guest.page);
	await expect(mentor.page.getByText('1 of 1 accepted')).toBeVisible();
	await expect(mentor.page.getByText('Ada Lovelace', { exact: true }).first()).toBeVisible();
	expect(await isSameLoad(mentor.page)).toBe(true);

	const lessonPage = mentor.page.url();
	await mentor.page.goto(WEEK);
	const lesson = block(mentor.page, 'Fractions');
	await lesson.scrollIntoViewIfNeeded();
	const box = await settledBox(lesson);
	const [x, y] = [box.x + box.width / 2, box.y + box.height / 4];
	await mentor.page.mouse.move(x, y);
	await mentor.page.mouse.down();
	await mentor.page.mouse.move(x + box.width, y + box.height / 2, { steps: 4 });
	await mentor.page.mouse.move(x + box.width * 1.1, y + box.height, { steps: 4 });
	await mentor.page.mouse.up();
	const question = mentor.page.getByRole('dialog', { name: 'Move “Fractions”' });
	await expect(question.getByLabel('Date')).toHaveValue(addDays(TUESDAY, 1));
	await expect(question.getByLabel('Time')).toHaveValue('11:00');
	await expectNoViolation(mentor.page, 'moving a lesson');
	await question.getByRole('button', { name: 'Move session' }).click();
	await expect(question).toBeHidden();
	await expect(guest.page.getByText('11:00 – 12:00').first()).toBeVisible();

	await mentor.page.goto(lessonPage);
	await mentor.button('Cancel session').click();
	const cancel = mentor.page.getByRole('alertdialog');
	await expect(cancel.getByRole('button', { name: 'Keep session' })).toBeFocused();
	await cancel.getByLabel('Reason').fill('I am ill, sorry.');
	await expectNoViolation(mentor.page, 'cancelling a lesson');
	await cancel.getByRole('button', { name: 'Cancel session' }).click();
	await expect(mentor.page.getByRole('heading', { level: 1 })).toBeFocused();
	for (const { page } of [mentor, guest])
		await expect(page.getByText('I am ill, sorry.').filter({ visible: true }).first()).toBeVisible();
	expect(await isSameLoad(guest.page)).toBe(true);
});

test('[A2] a finger that rests on a lesson takes it to another time, one that does not scrolls the week', async ({
	world,
	open
}) => {
	const startsIn = (at(TUESDAY, '10:00') - Date.now()) / 1_000;
	const lesson = await world.classroom({ title: 'Algebra', startsIn });
	const context = { timezoneId: ZONE, hasTouch: true };
	const { page } = await open(lesson.mentor, { context, expectErrors: READ_BY_AXE });
	await page.goto(WEEK);
	const algebra = block(page, 'Algebra');
	const week = page.locator('[data-scrolls]');
	const top = () => week.evaluate((element) => element.scrollTop);
	const input = await page.context().newCDPSession(page);
	const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
		input.send('Input.dispatchTouchEvent', { type, touchPoints });
	const moved = page.getByRole('dialog', { name: 'Move “Algebra”' });
	const centre = async () => {
		const { x, y, width, height } = await settledBox(algebra);
		return { x: x + width / 2, y: y + height / 2, width, height };
	};

	await algebra.scrollIntoViewIfNeeded();
	const still = await top();
	const held = await centre();
	await touch('touchStart', [held]);
	await expect(page.locator('[data-ghost]')).toBeVisible();
	// Two days on and, with an hour as high as the lesson, an hour later.
	for (const part of [0.25, 0.5, 0.75, 1])
		await touch('touchMove', [{ x: held.x + part * 2.1 * held.width, y: held.y + part * held.height }]);
	await touch('touchEnd', []);
	await expect(moved.getByLabel('Date')).toHaveValue(addDays(TUESDAY, 2));
	await expect(moved.getByLabel('Time')).toHaveValue('11:00');
	expect(await top()).toBe(still);
	await moved.getByRole('button', { name: 'Move session' }).click();
	await expect(moved).toBeHidden();
	await expect(algebra).toHaveAccessibleName(/11:00/);

	const from = await centre();
	const before = await top();
	// One right behind the other: on a busy machine the finger would rest between them.
	await Promise.all([
		touch('touchStart', [from]),
		...[1, 2, 3, 4].map((step) => touch('touchMove', [{ x: from.x, y: from.y - step * 30 }])),
		touch('touchEnd', [])
	]);
	await expect.poll(top).toBeGreaterThan(before);
	await expect(page.locator('[data-ghost]')).toHaveCount(0);
	await expect(moved).toHaveCount(0);
});

test('[A2] [Y1] [Y2] the week by keyboard: to a free hour and its form, and a lesson to another time', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({
		title: 'Algebra',
		startsIn: (at(TUESDAY, '10:00') - Date.now()) / 1_000
	});
	const { page } = await open(lesson.mentor, { context: { timezoneId: ZONE }, expectErrors: READ_BY_AXE });
	const { keyboard } = page;
	await page.goto(WEEK);
	await expectNoViolation(page, 'the week');
	const algebra = block(page, 'Algebra');
	// One tab stop, on the first lesson.
	await algebra.focus();
	await keyboard.press('ArrowDown');
	await keyboard.press('ArrowRight');
	await expect(page.getByRole('gridcell', { name: /11:00$/ }).and(page.locator(':focus'))).toBeVisible();
	await keyboard.press('Enter');
	await expect(page).toHaveURL(/\/sessions\/new\?at=/);
	await expect(page.getByLabel('Date')).toHaveValue(addDays(TUESDAY, 1));
	await expect(page.getByLabel('Time')).toHaveValue('11:00');

	await page.goto(WEEK);
	await algebra.focus();
	await keyboard.press('m');
	await expect(status(page)).toContainText('Moving “Algebra”');
	await keyboard.press('ArrowRight');
	await keyboard.press('ArrowDown');
	await expect(status(page)).toContainText('10:15 – 11:15');
	await keyboard.press('Escape');
	await expect(status(page)).toContainText('stays where it was');
	await keyboard.press('m');
	for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await keyboard.press(key);
	await keyboard.press('Enter');
	const question = page.getByRole('dialog', { name: 'Move “Algebra”' });
	await expect(question.getByLabel('Time')).toHaveValue('10:30');
	await question.getByRole('button', { name: 'Move session' }).focus();
	await keyboard.press('Enter');
	await expect(question).toBeHidden();
	await expect(algebra).toHaveAccessibleName(/10:30 – 11:30/);
	await expect(algebra).toBeFocused();
	expect((await world.session(lesson)).startsAt.getTime()).toBe(at(addDays(TUESDAY, 1), '10:30'));

	await page.getByRole('link', { name: 'List', exact: true }).click();
	await expect(page.getByRole('heading', { level: 3, name: 'Algebra' })).toBeVisible();
	await expectNoViolation(page, 'the list');
	await page.setViewportSize({ width: 320, height: 640 });
	await expectNoViolation(page, 'the list at 320 px');
});

test('[A2] what is in the way warns, and nothing typed is lost to a lost server or a login that ended', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({
		title: 'Physics',
		startsIn: (at(TUESDAY, '10:30') - Date.now()) / 1_000
	});
	const { page, button } = await open(lesson.mentor, {
		...{ context: { timezoneId: ZONE }, expectErrors: /401|ERR_INTERNET_DISCONNECTED|Failed to load/ }
	});
	await page.goto('/sessions/new');
	await fillPlan(page, { title: 'Chemistry', learner: 'someone@people.test', time: '10:00' });
	await expect(page.getByText(/^You have “Physics”/)).toBeVisible();
	await page.getByLabel('Repeats').selectOption({ label: 'Every week, 3 sessions' });
	await expect(page.getByText(/^Every Tuesday, 3 sessions: /)).toBeVisible();
	const isAllThere = async () => {
		await expect(page.getByLabel('Title')).toHaveValue('Chemistry');
		await expect(page.getByText('someone@people.test', { exact: true })).toBeVisible();
		await expect(page.getByLabel('Time')).toHaveValue('10:00');
	};

	await page.context().setOffline(true);
	await button('Plan 3 sessions').click();
	await expect(page.getByRole('alert')).toContainText('What you typed stays here');
	await isAllThere();
	await page.context().setOffline(false);
	const cookies = await page.context().cookies();
	await page.context().clearCookies();
	await button('Plan 3 sessions').click();
	await expect(page.getByRole('alert')).toContainText('You were signed out');
	await isAllThere();
	await page.context().addCookies(cookies);
	await button('Plan 3 sessions').click();
	await expect(page.getByText('3 sessions are planned')).toBeVisible();
});
