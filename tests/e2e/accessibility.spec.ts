import { expectNoViolation } from '../support/axe.ts';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { longMotions, noteMotions, sidewaysScroll } from '../support/measures.ts';
import { waitingLearners } from '../support/roomPage.ts';
import { tabStops } from '../support/tabOrder.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

for (const colorScheme of ['light', 'dark'] as const) {
	test(`[Y1] axe finds nothing on the pages outside of the room (${colorScheme})`, async ({
		world,
		open
	}) => {
		const lesson = await world.classroom();
		const guest = await open(lesson.mentor, { signedIn: false, context: { colorScheme } });
		for (const path of ['/', '/login', '/outbox', '/signup']) {
			await guest.page.goto(path);
			await expectNoViolation(guest.page, path);
		}
		await guest.button('Create account').click();
		await expect(guest.page.getByText('Enter your name.')).toBeVisible();
		await expectNoViolation(guest.page, 'sign-up with errors');

		// While axe reads the page nothing else runs in it, so that the bell’s socket may be taken for lost.
		const expectErrors = /404|CLOSING or CLOSED/;
		const mentor = await open(lesson.mentor, { context: { colorScheme }, expectErrors });
		for (const path of ['/dashboard', '/sessions/new', '/notifications', '/calendar/feed', '/nowhere']) {
			await mentor.page.goto(path);
			await expectNoViolation(mentor.page, path);
		}
	});

	test(`[Y1] axe finds nothing from lobby to recap (${colorScheme})`, async ({ world, open }) => {
		test.slow();
		const lesson = await world.classroom();
		// While axe reads the page nothing else runs in it, so that the server socket may be taken for lost.
		const options = { context: { colorScheme }, expectErrors: /CLOSING or CLOSED/ };
		const mentor = await open(lesson.mentor, options);
		const learner = await open(lesson.learners[0]!, options);
		await mentor.goTo(lesson);
		await expect(mentor.button('Start session')).toBeEnabled();
		await expectNoViolation(mentor.page, 'empty lobby');
		await mentor.turnOnDevices();
		await learner.goTo(lesson);
		await expect(waitingLearners(mentor.page).getByRole('listitem')).toHaveCount(1);
		await expectNoViolation(mentor.page, 'lobby with devices, a learner and a toast');
		await expectNoViolation(learner.page, 'lobby of a learner');
		await learner.turnOnDevices();

		await mentor.button('Start session').click();
		for (const person of [mentor, learner]) await person.inCall();
		await expectNoViolation(mentor.page, 'the call');
		await learner.control('Raise hand').click();
		await learner.control('Turn camera off').click();
		await expect(mentor.lineOf(learner.person)).toContainText('Hand raised');
		await mentor.control('Open chat').click();
		await mentor.say('See https://example.org');
		await expectNoViolation(mentor.page, 'chat, hand, camera off');
		await mentor.control('More options').click();
		await expect(mentor.page.getByRole('menu')).toBeVisible();
		await expectNoViolation(mentor.page, 'More options');
		await mentor.page.getByRole('menuitem', { name: /^Connection details/ }).click();
		await expect(mentor.page.getByRole('table')).toBeVisible();
		await expectNoViolation(mentor.page, 'Connection details');
		await mentor.page.keyboard.press('Escape');
		await mentor.control('End session').click();
		await expect(mentor.page.getByRole('alertdialog')).toBeVisible();
		await expectNoViolation(mentor.page, 'End session?');
		await mentor.button('Cancel').click();

		await learner.control('Leave session').click();
		await expect(learner.button('Rejoin')).toBeVisible();
		await expectNoViolation(learner.page, 'You left');
		await mentor.control('End session').click();
		await mentor.button('End for everyone').click();
		for (const { page } of [mentor, learner]) {
			await expect(page.getByRole('dialog')).toBeVisible();
			await expectNoViolation(page, 'after the lesson');
			await page.keyboard.press('Escape');
			await expect(page).toHaveURL(/\/recap$/);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expectNoViolation(page, 'recap');
		}
	});
}

const WIDE = { width: 1280, height: 800 };
/** What is left of it at 400 % (WCAG 1.4.10). */
const ZOOMED = { width: 320, height: 256 };

/**
 * Tab goes through these in this order, one sees where it is, and nothing lies over it (WCAG 2.4.3, 2.4.7, 2.4.11); at 400 %
 * all of it is still there.
 */
async function expectOrder(
	page: Page,
	where: string,
	names: (string | RegExp)[],
	zoomed = names
): Promise<void> {
	for (const [size, wanted] of [
		[WIDE, names],
		[ZOOMED, zoomed]
	] as const) {
		await page.setViewportSize(size);
		const what = `${where}, ${size.width} px`;
		const stops = await tabStops(page);
		const lasting = stops.filter(({ passing }) => !passing);
		const found = lasting.map(({ name }, at) => {
			const expected = wanted[at];
			return expected instanceof RegExp && expected.test(name) ? expected : name;
		});
		expect(found, what).toEqual(wanted);
		expect(
			stops.flatMap(({ name, unseen }) => (unseen ? [`${name}: ${unseen}`] : [])),
			what
		).toEqual([]);
		expect(await sidewaysScroll(page), what).toEqual([]);
	}
	await page.setViewportSize(WIDE);
}

const TOP = ['Skip to content', 'PeerLearn, start page'];
const LANGUAGES = ['English', 'العربية'];

test('[Y2] [Y1] outside of the room: the order of Tab, the focus in sight, and nothing lost at 400 %', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: 'Algebra' });
	const context = { reducedMotion: 'reduce' } as const;
	const guest = await open(lesson.mentor, { signedIn: false, context });
	const mentor = await open(lesson.mentor, { context, expectErrors: /404/ });
	const password = ['E-mail', 'Password', 'Show what I type'];
	const signUp = ['Learner', 'Name', ...password, 'Create account', 'Sign in'];
	const top = [...TOP, 'Notifications, none unread', 'Account of Grace Hopper'];
	const plan = ['Title', 'Learners', 'Date', 'Time', 'Length', 'Price', 'Cancel', 'Plan session'];
	const setup = ['Turn on camera and microphone', 'Check speaker and devices', 'Check again'];
	const choices = ['Reminders to rate', 'Ratings about me', 'New files', 'Ended sessions'];
	const pages: [Page, string, string, string[]][] = [
		[guest.page, '/', 'PeerLearn', [...TOP, 'Sign in', 'Sign up', 'Sign up', 'Sign in']],
		[guest.page, '/login', 'Sign in – PeerLearn', [...TOP, ...password, 'Sign in', 'Create an account']],
		[guest.page, '/signup', 'Sign up – PeerLearn', [...TOP, ...signUp]],
		[mentor.page, '/dashboard', 'Dashboard – PeerLearn', [...top, 'Plan a session', 'Join Algebra']],
		[mentor.page, '/sessions/new', 'Plan a session – PeerLearn', [...top, ...plan]],
		[mentor.page, '/notifications', 'Notifications – PeerLearn', [...top, ...choices]],
		[mentor.page, '/setup', 'Test my setup – PeerLearn', [...top, ...setup]],
		[mentor.page, '/nowhere', 'Nothing here for you – PeerLearn', [...top, 'Go to the start page']]
	];
	for (const { page } of [guest, mentor]) await noteMotions(page);
	for (const [page, path, title, names] of pages) {
		await page.goto(path);
		await expect.soft(page).toHaveTitle(title);
		// The page of errors fetches it once somebody sees it.
		if (page === mentor.page) await expect(page.getByRole('button', { name: top[2] })).toBeVisible();
		await expectOrder(page, path, [...names, ...LANGUAGES]);
		expect(await longMotions(page), path).toEqual([]);
	}
});

test('[Y2] [Y1] in the room: the order of Tab, the focus in sight, and nothing lost at 400 %', async ({
	world,
	open
}) => {
	test.slow();
	const lesson = await world.classroom({ title: 'Algebra' });
	const context = { reducedMotion: 'reduce' } as const;
	const mentor = await open(lesson.mentor, { context });
	const learner = await open(lesson.learners[0]!, { context });
	for (const { page } of [mentor, learner]) await noteMotions(page);
	const checks = ['Check speaker and devices', 'Check connection'];
	const lobby = [...TOP, ...LANGUAGES, 'Turn on camera and microphone', ...checks];
	await mentor.goTo(lesson);
	await learner.goTo(lesson);
	await expect(mentor.button('Start session')).toBeEnabled();
	await expect(learner.page).toHaveTitle('Lobby · Algebra · PeerLearn');
	await expectOrder(mentor.page, 'the mentor’s lobby', [...lobby, 'Start session']);
	await expectOrder(learner.page, 'the learner’s lobby', lobby);

	await mentor.button('Start session').click();
	for (const { toolbar } of [mentor, learner]) await expect(toolbar).toBeVisible();
	await expect(learner.page).toHaveTitle('In the lesson · Algebra · PeerLearn');
	const stage = ['Move your video', 'Hide self-view'];
	const head = ['Skip to content', '2 in the room', ...stage];
	const chat = ['Hide pane', 'Chat messages', 'Message', 'Send'];
	await expectOrder(
		learner.page,
		'the room',
		[...head, 'Unmute microphone', 'People 2'],
		[...head, 'Unmute microphone']
	);
	await learner.control('Open chat').click();
	await expectOrder(
		learner.page,
		'the chat',
		[...head, 'Close chat', 'People 2', ...chat],
		[...head, 'Close chat', ...chat]
	);
	// The way out at 400 %: in sight without any search.
	await learner.page.setViewportSize(ZOOMED);
	await learner.control('Close chat').click();
	await learner.page.context().setOffline(true);
	await expect(learner.page.getByText('You’re offline. Session paused.').first()).toBeVisible();
	await learner.control('Leave session').click({ trial: true });
	await learner.page.context().setOffline(false);

	const help = await fromMore(mentor.page, 'Keyboard shortcuts');
	await expect(help.getByText('Mute or unmute the microphone')).toBeVisible();
	await expectOrder(mentor.page, 'the shortcuts', ['Close', 'Keyboard shortcuts', 'Single-key shortcuts']);
	await mentor.page.keyboard.press('Escape');
	// With a toast over the page.
	await mentor.control('More options').click();
	await mentor.page.getByRole('menuitem', { name: /^Copy the link/ }).click();
	await whiteboardOf(mentor).open();
	// The drawing takes the focus of whoever opened it by a press.
	await expect(mentor.page.locator('.excalidraw').first()).toBeFocused();
	const board = [
		'Select and move',
		'Drawing area',
		/^Follow/,
		'Page 1',
		'Zoom out',
		'Zoom in',
		'Board options'
	];
	const tools = ['Hide self-view', 'Close whiteboard'];
	const room = ['Skip to content', 'Add time', '2 in the room', ...board, ...tools];
	const people = ['People 2', 'Actions for everyone', 'Actions for Alan Turing'];
	// Fetched beside the lesson.
	await expect(mentor.button('Actions for everyone')).toBeVisible();
	await expectOrder(mentor.page, 'the board', [...room, ...people], room);
	await mentor.control('End session').click();
	await expectOrder(mentor.page, 'End session?', ['End for everyone', 'Cancel']);
	expect(await longMotions(mentor.page)).toEqual([]);
	expect(await longMotions(learner.page)).toEqual([]);
	await mentor.button('End for everyone').click();
	const rate = ['1 star', 'Comment', 'No answer', 'Send feedback'];
	await expect(learner.page.getByRole('dialog')).toBeVisible();
	await expectOrder(learner.page, 'after the lesson', ['Close', ...rate]);
	await learner.page.keyboard.press('Escape');
	await expect(learner.page).toHaveURL(/\/recap$/);
	await expect(learner.page.getByRole('radio', { name: '1 star' })).toBeVisible();
	// The news of the end comes when it comes.
	const top = [...TOP, /^Notifications, /, 'Account of Alan Turing', 'My Activity'];
	const take = ['Download everything', 'Print'];
	await expectOrder(learner.page, 'the recap', [...top, ...take, ...rate, ...LANGUAGES]);
});

/** Opens a dialog from “More options”. */
async function fromMore(page: Page, name: string) {
	await page.getByRole('button', { name: 'More options' }).click();
	await page.getByRole('menuitem', { name }).click();
	return page.getByRole('dialog', { name });
}
