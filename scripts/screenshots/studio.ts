import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { installMediaProbe } from '../../tests/support/mediaProbe.ts';
import { mishapEnv } from '../../tests/support/mishap.ts';
import { createRoomPage, type RoomPage } from '../../tests/support/roomPage.ts';
import { cookieOf, postForm } from '../../tests/support/visitor.ts';
import {
	startWorld,
	type Lesson,
	type LessonPlan,
	type Person,
	type World
} from '../../tests/support/world.ts';
import { findBrowser } from '../browser.ts';
import { Mistake } from '../commandLine.ts';
import { AISHA, OMAR } from '../morePortraits.ts';
import { LEARNER, MENTOR } from '../portraits.ts';
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE, type SamplePerson } from '../sampleLessons.ts';
import { installPageCamera, installWeakLine, shiftPageClock } from './pageCamera.ts';
import { WORKSHEET } from './worksheet.ts';

/** A Tuesday afternoon: whoever takes the pictures again gets the same dates on them. */
const TODAY = Date.parse('2026-10-13T13:47:00Z');
const TIME_ZONE = 'Europe/Berlin';
const PORTRAITS: Record<string, string> = {
	'Maya Okafor': MENTOR,
	'Liam Chen': LEARNER,
	'Aisha Rahman': AISHA,
	'Omar Haddad': OMAR
};
const QUARTER = 900_000;
/** A scene that does not come about within this time is given up, ms. */
const PATIENCE = 20_000;

export interface WindowOptions {
	/** What asking for camera or microphone fails with, as browsers call it. */
	failure?: string;
	/** No call of this window ever comes about. */
	cutOff?: boolean;
}

/** A running product, a browser, and people to be put into windows. */
export interface Studio {
	readonly browser: Browser;
	readonly world: World;
	/** One of the people of the demo, with their past lessons. */
	sample(who: SamplePerson): Promise<Person>;
	/** A lesson of the people whose names these are, the mentor first; they have nothing else. Starts in some minutes. */
	lesson(names?: string[], plan?: Partial<LessonPlan>): Promise<Lesson>;
	/** A window of its own; null for somebody who is signed out. */
	open(person: Person | null, options?: WindowOptions): Promise<Page>;
	enter(person: Person, lesson: Lesson, options?: WindowOptions): Promise<RoomPage>;
	/** Everybody of a lesson in their windows, devices on, after about twenty of its sixty minutes. */
	call(lesson: Lesson, options?: WindowOptions): Promise<RoomPage[]>;
	/** Closes all windows: the next scenes have the machine for themselves. */
	clear(): Promise<void>;
	close(): Promise<void>;
}

/** Starts a demo of its own on a free port, at an hour that is always the same, and a browser. */
export async function openStudio(): Promise<Studio> {
	const found = await findBrowser();
	if ('missing' in found) throw new Mistake(found.missing);
	const offset = TODAY - Date.now();
	const world = await startWorld({
		startsIn: 13,
		env: { ...mishapEnv({ clockAheadMs: offset }), TZ: TIME_ZONE }
	});
	const browser = await chromium.launch({
		...(found.path ? { executablePath: found.path } : { channel: 'chromium' }),
		args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
	});
	let contexts: BrowserContext[] = [];

	async function open(person: Person | null, { failure, cutOff }: WindowOptions = {}): Promise<Page> {
		const context = await browser.newContext({
			baseURL: world.url,
			locale: 'en-GB',
			timezoneId: TIME_ZONE,
			viewport: { width: 1440, height: 900 },
			permissions: ['camera', 'microphone']
		});
		contexts.push(context);
		context.setDefaultTimeout(PATIENCE);
		if (person)
			await context.addCookies([{ ...person.login, url: world.url, httpOnly: true, sameSite: 'Lax' }]);
		await context.addInitScript(shiftPageClock, offset);
		await context.addInitScript(installPageCamera, {
			picture: PORTRAITS[person?.name ?? ''] ?? MENTOR,
			screen: WORKSHEET,
			failure: failure ?? null
		});
		await context.addInitScript(installMediaProbe, {
			cameraSize: { width: 640, height: 360 },
			...(cutOff ? { relayOnly: true } : {})
		});
		await context.addInitScript(installWeakLine);
		return context.newPage();
	}

	async function enter(person: Person, lesson: Lesson, options?: WindowOptions): Promise<RoomPage> {
		const room = createRoomPage(await open(person, options), person);
		await room.goTo(lesson);
		return room;
	}

	return {
		browser,
		world,
		open,
		enter,
		async sample(who) {
			const { name, email, role } = SAMPLE_PEOPLE[who];
			const { tables, db } = world.store;
			const [user] = await db.select().from(tables.users).where(eq(tables.users.email, email));
			const cookie = cookieOf(await postForm(world.url, '/login', { email, password: SAMPLE_PASSWORD }));
			if (!user || !cookie) throw new Error(`${name} cannot sign in.`);
			const [cookieName = '', value = ''] = cookie.split('=');
			return { id: user.id, name, email, role, cookie, login: { name: cookieName, value }, csrf: '' };
		},
		async lesson(names = ['Maya Okafor', 'Liam Chen'], plan = {}) {
			// On a quarter of an hour, as people plan.
			const startsAt = Math.ceil((Date.now() + offset) / QUARTER) * QUARTER;
			return world.classroom({
				names,
				title: 'Maxima and minima',
				startsIn: (startsAt - Date.now()) / 1_000,
				...plan
			});
		},
		async call(lesson, options) {
			const { tables, db } = world.store;
			const startsAt = Math.floor((Date.now() + offset) / QUARTER - 1) * QUARTER;
			await db
				.update(tables.sessions)
				.set({
					status: 'live',
					startsAt: new Date(startsAt),
					startedAt: new Date(startsAt + 42_000),
					endsAt: new Date(startsAt + 4 * QUARTER)
				})
				.where(eq(tables.sessions.id, lesson.id));
			const all: RoomPage[] = [];
			for (const person of [lesson.mentor, ...lesson.learners]) {
				const room = await enter(person, lesson, options);
				await room.turnOnDevices();
				await room.button('Join session').click();
				await room.toolbar.waitFor();
				all.push(room);
			}
			if (!options?.cutOff) for (const room of all) await inSight(room.page, all.length - 1);
			return all;
		},
		async clear() {
			await Promise.all(contexts.map((context) => context.close()));
			contexts = [];
		},
		async close() {
			await browser.close();
			await world.close();
		}
	};
}

/** So many others are seen, sharp enough for a picture. */
export async function inSight(page: Page, others: number): Promise<void> {
	await page.waitForFunction(
		(wanted) =>
			[...document.querySelectorAll('video')].filter(
				(video) =>
					/^Video of/.test(video.ariaLabel ?? '') &&
					video.videoWidth > 0 &&
					// A still picture gets its sharpness only after a while.
					video.getVideoPlaybackQuality().totalVideoFrames > 40
			).length >= wanted,
		others,
		{ timeout: 40_000 }
	);
}
