import { test as base, expect, type Browser, type BrowserContextOptions } from '@playwright/test';
import { installMediaProbe, type ProbeOptions } from './mediaProbe.ts';
import { logNotices } from './noticeLog.ts';
import { watchPolicy } from './policyWatch.ts';
import { createRoomPage, type RoomPage } from './roomPage.ts';
import { awaitScripts } from './runningScripts.ts';
import { startWorld, type Lesson, type Person, type World } from './world.ts';

export { expect } from '@playwright/test';

/**
 * A page that was kept from its work for seconds, by axe or by a busy machine, may be taken for gone: what it was about to
 * say over the socket that it has lost is said anew over the next one.
 */
const LOST_SOCKET = /CLOSING or CLOSED/;

interface EnterOptions extends ProbeOptions {
	/** Signed in already; false for those who use the login form. */
	signedIn?: boolean;
	context?: BrowserContextOptions;
	/** Another one than that of the other people, from `launch`. */
	browser?: Browser;
	/** How wrong the clock of this device is, ms. */
	clockOffset?: number;
	/** Errors in the console that belong to what is tested. */
	expectErrors?: RegExp;
}

interface LessonFixtures {
	/** Opens a browser window of their own for a person. Errors in its console fail the test, and whatever the policy refuses. */
	open(person: Person, options?: EnterOptions): Promise<RoomPage>;
	/** Mentor and learners of a lesson, each in their own window, devices on, the call running. */
	inCall(lesson: Lesson, options?: EnterOptions): Promise<[RoomPage, RoomPage, ...RoomPage[]]>;
	/** The same with all devices off: enough, and quicker, where nobody has to be seen or heard. */
	inRoom(lesson: Lesson, options?: EnterOptions): Promise<[RoomPage, RoomPage, ...RoomPage[]]>;
	/**
	 * A browser of its own with other flags: `devices: false` has neither camera nor microphone; its questions are
	 * answered with yes, or with no (`deny`), or are left to the permissions of the page (`true`).
	 */
	launch(options: { args?: string[]; devices?: boolean; prompts?: boolean | 'deny' }): Promise<Browser>;
}

/** Tests of the whole product: one running app for all of them, a lesson and windows of its own for each. */
export const test = base.extend<LessonFixtures, { world: World }>({
	world: [
		async ({}, use) => {
			const world = await startWorld();
			await use(world);
			await world.close();
		},
		{ scope: 'worker' }
	],

	open: async ({ browser, world }, use) => {
		const errors: string[] = [];
		const contexts: { close(): Promise<void> }[] = [];
		let over = false;
		await use(async (person, options = {}) => {
			const { signedIn = true, context: contextOptions, expectErrors, clockOffset, ...probe } = options;
			const context = await (options.browser ?? browser).newContext({
				baseURL: world.url,
				locale: 'en-GB',
				viewport: { width: 1280, height: 800 },
				...contextOptions
			});
			contexts.push(context);
			if (contextOptions?.javaScriptEnabled !== false) awaitScripts(context);
			if (signedIn)
				await context.addCookies([{ ...person.login, url: world.url, httpOnly: true, sameSite: 'Lax' }]);
			await context.addInitScript(installMediaProbe, {
				colour: probe.colour,
				relayOnly: probe.relayOnly,
				cameraSize: probe.cameraSize
			});
			await context.addInitScript(logNotices);
			// No test may expect this.
			await watchPolicy(context, (refused) => errors.push(`${person.name}: ${refused}`));
			if (clockOffset) await context.addInitScript(shiftClock, clockOffset);
			const page = await context.newPage();
			const note = (text: string) => {
				// While a window is closed its sockets are gone before its scripts are: that belongs to no test.
				if (!over && !expectErrors?.test(text)) errors.push(`${person.name}: ${text}`);
			};
			page.on('pageerror', (error) => note(String(error)));
			page.on('console', (message) => {
				// Of what a header says, and the browser does not know, it only warns: on each page.
				const isWrong = message.type() === 'error' || /Permissions-Policy/.test(message.text());
				if (!isWrong || LOST_SOCKET.test(message.text())) return;
				note(`${message.text()} (${message.location().url})`);
			});
			return createRoomPage(page, person);
		});
		over = true;
		await Promise.all(contexts.map((context) => context.close()));
		expect(errors).toEqual([]);
	},

	launch: async ({ playwright, launchOptions }, use) => {
		const browsers: Browser[] = [];
		await use(async ({ args = [], devices = true, prompts = false }) => {
			const inherited = (launchOptions.args ?? []).filter((flag) => {
				if (flag.startsWith('--use-fake-device')) return devices;
				return !flag.startsWith('--use-fake-ui') || !prompts;
			});
			if (prompts === 'deny') inherited.push('--use-fake-ui-for-media-stream=deny');
			const { executablePath } = launchOptions;
			const which = executablePath ? { executablePath } : { channel: 'chromium' };
			const launched = await playwright.chromium.launch({ ...which, args: [...inherited, ...args] });
			browsers.push(launched);
			return launched;
		});
		await Promise.all(browsers.map((each) => each.close()));
	},

	inCall: async ({ open }, use) => {
		await use(async (lesson, options) => {
			const people = await Promise.all(
				[lesson.mentor, ...lesson.learners].map(async (person) => {
					const window = await open(person, options);
					await window.goTo(lesson);
					await window.turnOnDevices();
					return window;
				})
			);
			await people[0]!.button('Start session').click();
			await Promise.all(people.map((person) => person.inCall()));
			return people as [RoomPage, RoomPage, ...RoomPage[]];
		});
	},

	inRoom: async ({ open }, use) => {
		await use(async (lesson, options) => {
			const people = await Promise.all(
				[lesson.mentor, ...lesson.learners].map((person) => open(person, options))
			);
			await Promise.all(people.map((person) => person.goTo(lesson)));
			await people[0]!.button('Start session').click();
			for (const person of people) await expect(person.toolbar).toBeVisible();
			return people as [RoomPage, RoomPage, ...RoomPage[]];
		});
	}
});

/** Runs in the page before its own scripts: its wall clock is wrong, its stop watches are not. */
function shiftClock(offset: number): void {
	const RealDate = Date;
	window.Date = class extends RealDate {
		constructor(...given: unknown[]) {
			super(...((given.length === 0 ? [RealDate.now() + offset] : given) as [number]));
		}
		static override now(): number {
			return RealDate.now() + offset;
		}
	} as DateConstructor;
}
