import type { Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { longMotions, noteMotions, sidewaysScroll } from '../support/measures.ts';
import { resize } from '../support/settledBox.ts';
import { tabStops } from '../support/tabOrder.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

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
		await resize(page, size);
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
	await resize(page, WIDE);
}

const TOP = ['Skip to content', 'PeerLearn, start page'];
const LANGUAGES = ['English', 'العربية'];
/** Tests are served as the demo is. */
const FOOT = ['Mails of this demo', ...LANGUAGES];

test('[Y2] [Y1] outside of the room: the order of Tab, the focus in sight, and nothing lost at 400 %', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: 'Algebra' });
	const context = { reducedMotion: 'reduce' } as const;
	const guest = await open(lesson.mentor, { signedIn: false, context });
	const mentor = await open(lesson.mentor, { context, expectErrors: /404/ });
	const password = ['E-mail', 'Password', 'Show what I type'];
	const signIn = ['Sign in', 'Forgot your password?', 'Create an account'];
	const forgot = ['E-mail', 'Send me a link'];
	const signUp = ['Learner', 'Name', ...password, 'Create account', 'Sign in'];
	const top = [...TOP, 'Calendar', 'Notifications, none unread', 'Account of Grace Hopper'];
	const when = ['Date', 'Time', 'Length', 'Repeats'];
	const plan = ['Title', 'Learners', 'Description', ...when, 'Price', 'Cancel', 'Plan session'];
	const upcoming = ['Availability', 'Plan a session', 'See the week', 'Algebra', 'Join Algebra'];
	const ways = ['Calendar', 'Open lobby', 'Add to calendar', 'Copy invitation link'];
	const planned = [...ways, 'Reschedule', 'Edit', 'Cancel session'];
	const weeks = ['Plan a session', 'Week before', 'Week after', 'Today'];
	// A week in which nothing is planned: one stop in the grid, and on narrow screens one for each day.
	const free = [...weeks, 'Week', 'List', /, 08:00$/];
	const days = [...weeks, ...Array<RegExp>(7).fill(/^Plan a session: /)];
	const far = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
	const setup = ['Turn on camera and microphone', 'Check speaker and devices', 'Check again'];
	const availability = [
		...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].flatMap((day) => [
			`Add hours on ${day}`,
			`Copy the hours of ${day} to other days`
		]),
		...['Add a day', 'Open for bookings', 'Address', 'Title', 'Introduction', 'Length', 'Price'],
		...['Pause', 'Notice', 'Bookable for', 'Back', 'Save']
	];
	const choices = ['Reminders to rate', 'Ratings about me', 'New files', 'Ended sessions'];
	const shown = (field: string) => [field, 'Show what I type'];
	const account = [
		...['Choose picture', 'Name', 'Time zone', /^Use that of this device/, 'Language', 'Save'],
		...['New e-mail', ...shown('Password'), 'Change e-mail'],
		...[...shown('Current password'), ...shown('New password'), 'Have a link sent', 'Change password'],
		...['Sign out everywhere', 'Show the address', 'Download my data', 'Delete my account…']
	];
	type Names = (string | RegExp)[];
	const pages: [Page, string, string | RegExp, Names, Names?][] = [
		[guest.page, '/', 'PeerLearn', [...TOP, 'Sign in', 'Sign up', 'Sign up', 'Sign in']],
		[guest.page, '/login', 'Sign in – PeerLearn', [...TOP, ...password, ...signIn]],
		[guest.page, '/forgot', 'Forgot your password? – PeerLearn', [...TOP, 'Sign in', ...forgot]],
		[guest.page, '/signup', 'Sign up – PeerLearn', [...TOP, ...signUp]],
		[mentor.page, '/dashboard', 'Dashboard – PeerLearn', [...top, ...upcoming]],
		[mentor.page, '/availability', 'Availability – PeerLearn', [...top, ...availability]],
		[mentor.page, '/sessions/new', 'Plan a session – PeerLearn', [...top, ...plan]],
		[mentor.page, `/sessions/${lesson.roomCode}`, 'Algebra – PeerLearn', [...top, ...planned]],
		[
			mentor.page,
			`/calendar?week=${far}`,
			/^Calendar, .* – PeerLearn$/,
			[...top, ...free],
			[...top, ...days]
		],
		[mentor.page, '/notifications', 'Notifications – PeerLearn', [...top, ...choices]],
		[mentor.page, '/account', 'Your account – PeerLearn', [...top, ...account]],
		[mentor.page, '/setup', 'Test my setup – PeerLearn', [...top, ...setup]],
		[mentor.page, '/nowhere', 'Nothing here for you – PeerLearn', [...top, 'Go to the start page']]
	];
	for (const { page } of [guest, mentor]) await noteMotions(page);
	for (const [page, path, title, names, zoomed = names] of pages) {
		await page.goto(path);
		await expect.soft(page).toHaveTitle(title);
		// The page of errors fetches it once somebody sees it.
		if (page === mentor.page) await expect(page.getByRole('button', { name: top[3] })).toBeVisible();
		if (path === '/account') await expect(page.getByRole('button', { name: /^Use that/ })).toBeVisible();
		// What is not there is told without asking the server for anything.
		const foot = path === '/nowhere' ? LANGUAGES : FOOT;
		await expectOrder(page, path, [...names, ...foot], [...zoomed, ...foot]);
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
	for (const { page } of [mentor, learner]) await expect(page.getByText('2 in the room')).toBeAttached();
	const stage = ['Move self-view', 'Hide self-view'];
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
	await resize(learner.page, ZOOMED);
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
	await expect(learner.page.getByRole('dialog').getByRole('radio', { name: '1 star' })).toBeVisible();
	await expectOrder(learner.page, 'after the lesson', ['Close', ...rate]);
	await learner.page.keyboard.press('Escape');
	await expect(learner.page).toHaveURL(/\/recap$/);
	await expect(learner.page.getByRole('radio', { name: '1 star' })).toBeVisible();
	// The news of the end comes when it comes.
	const top = [...TOP, 'Calendar', /^Notifications, /, 'Account of Alan Turing', 'My Activity'];
	const take = ['Download everything', 'Print'];
	await expectOrder(learner.page, 'the recap', [...top, ...take, ...rate, ...FOOT]);
});

/** Opens a dialog from “More options”. */
async function fromMore(page: Page, name: string) {
	await page.getByRole('button', { name: 'More options' }).click();
	await page.getByRole('menuitem', { name }).click();
	return page.getByRole('dialog', { name });
}
