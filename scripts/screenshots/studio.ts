import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { installMediaProbe } from '../../tests/support/mediaProbe.ts';
import { mishapEnv } from '../../tests/support/mishap.ts';
import { createRoomPage, type RoomPage } from '../../tests/support/roomPage.ts';
import { emptyFolder } from '../../tests/support/sampleFolder.ts';
import { cookieOf, postForm } from '../../tests/support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../../tests/support/world.ts';
import type { Row } from '../../src/lib/server/db/store.ts';
import type { Language } from '../../src/lib/shared/language.ts';
import { avatarColour } from '../../src/lib/ui/initials.ts';
import { findBrowser } from '../browser.ts';
import { Mistake } from '../commandLine.ts';
import { AISHA, OMAR } from '../morePortraits.ts';
import { LEARNER, MENTOR } from '../portraits.ts';
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE, type SamplePerson } from '../sampleLessons.ts';
import { installPageCamera, shiftPageClock } from './pageCamera.ts';
import { installPageLine } from './pageLine.ts';
import { WORKSHEET } from './worksheet.ts';

/** A Tuesday afternoon: whoever takes the pictures again gets the same dates on them. */
const TODAY = Date.parse('2026-10-13T13:47:00Z');
const TIME_ZONE = 'Europe/Berlin';
const PORTRAITS: Record<string, string> = {
	'Maya Okafor': MENTOR,
	'Liam Chen': LEARNER,
	'Aisha Rahman': AISHA,
	'Omar Haddad': OMAR,
	'مها الخطيب': AISHA,
	'سامي حدّاد': OMAR
};
const QUARTER = 900_000;
/** A scene that does not come about within this time is given up, ms. */
const PATIENCE = 40_000;

export interface WindowOptions {
	/** What asking for camera or microphone fails with, as browsers call it. */
	failure?: string;
	/** No call of this window ever comes about. */
	cutOff?: boolean;
	/** Which one they read; English unless said. */
	language?: Language;
	/** Runs in the page before its own scripts. */
	script?: () => void;
}

/** What people press on their way into a room, and what somebody's picture is called. */
const WORDS = {
	en: {
		turnOn: 'Turn on camera and microphone',
		on: 'Turn camera off',
		join: 'Join session',
		controls: 'Call controls',
		video: 'Video of '
	},
	ar: {
		turnOn: 'تشغيل الكاميرا والميكروفون',
		on: 'إيقاف الكاميرا',
		join: 'الانضمام إلى الجلسة',
		controls: 'أدوات المكالمة',
		video: 'فيديو '
	}
} as const satisfies Record<Language, object>;

/** A running product, a browser, and people to be put into windows. */
export interface Studio {
	readonly browser: Browser;
	readonly world: World;
	/** One of the people of the demo, with their past lessons. */
	sample(who: SamplePerson): Promise<Person>;
	/** A lesson of the people whose names these are, the mentor first; they have nothing else. Starts within a quarter of an hour, or later. */
	lesson(names?: string[], plan?: { title?: string; inMinutes?: number }): Promise<Lesson>;
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
		dataDir: await emptyFolder(),
		startsIn: 13,
		env: { ...mishapEnv({ clockAheadMs: offset }), TZ: TIME_ZONE }
	});
	const browser = await chromium.launch({
		...(found.path ? { executablePath: found.path } : { channel: 'chromium' }),
		args: [
			// Date fields are in the language of the browser, and a small one knows American English only.
			'--enable-blink-features=LangAttributeAwareFormControlUI',
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream',
			'--autoplay-policy=no-user-gesture-required'
		]
	});
	const desk = await browser.newPage();
	/** People sign in with the browser they are pictured in. */
	const browserName = await desk.evaluate(() => navigator.userAgent.replace('Headless', ''));
	await desk.close();
	let contexts: BrowserContext[] = [];

	async function open(
		person: Person | null,
		{ failure, cutOff, language = 'en', script }: WindowOptions = {}
	): Promise<Page> {
		const context = await browser.newContext({
			baseURL: world.url,
			locale: language === 'en' ? 'en-GB' : language,
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
		await context.addInitScript(installPageLine);
		if (language === 'en') await context.addInitScript(speakBritishEnglish);
		if (script) await context.addInitScript(script);
		return context.newPage();
	}

	/** An hour from `startsAt` on, which may be long ago for the clock of this machine. */
	async function schedule(
		{ id }: Lesson,
		startsAt: number,
		running: Partial<Row<'sessions'>> = {}
	): Promise<void> {
		const { tables, db } = world.store;
		const times = { startsAt: new Date(startsAt), endsAt: new Date(startsAt + 4 * QUARTER) };
		await db
			.update(tables.sessions)
			.set({ ...times, ...running })
			.where(eq(tables.sessions.id, id));
		await db
			.update(tables.sessionMembers)
			.set({ startsAt: times.startsAt })
			.where(eq(tables.sessionMembers.sessionId, id));
	}

	/** Started a while ago, as its row and its log say. */
	async function goLive(lesson: Lesson, startsAt: number): Promise<void> {
		const startedAt = new Date(startsAt + 42_000);
		const { tables, db } = world.store;
		await schedule(lesson, startsAt, { status: 'live', startedAt, lastSeq: 1 });
		const start = { clientId: 'session:start', type: 'session.start', actorId: lesson.mentor.id } as const;
		await db
			.insert(tables.roomLog)
			.values({ ...start, sessionId: lesson.id, seq: 1, at: startedAt, payload: {} });
	}

	/** Whoever is in the room has been there since then. */
	async function wereThere({ id }: Lesson, since: Date): Promise<void> {
		const { tables, db } = world.store;
		await db.update(tables.attendance).set({ joinedAt: since }).where(eq(tables.attendance.sessionId, id));
		await db.update(tables.roomLog).set({ at: since }).where(eq(tables.roomLog.sessionId, id));
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
			const form = { email, password: SAMPLE_PASSWORD };
			const cookie = cookieOf(await postForm(world.url, '/login', form, null, { 'user-agent': browserName }));
			if (!user || !cookie) throw new Error(`${name} cannot sign in.`);
			const [cookieName = '', value = ''] = cookie.split('=');
			return { id: user.id, name, email, role, cookie, login: { name: cookieName, value }, csrf: '' };
		},
		async lesson(names = ['Maya Okafor', 'Liam Chen'], { title = 'Maxima and minima', inMinutes } = {}) {
			const [mentor, ...learners] = await differentPeople(world, names);
			const lesson = await world.lesson({ mentor: mentor!, learners, title });
			// On a quarter of an hour, as people plan.
			const soon = Math.ceil((Date.now() + offset) / QUARTER) * QUARTER;
			await schedule(lesson, soon + (inMinutes ?? 0) * 60_000);
			return lesson;
		},
		async call(lesson, options) {
			const startsAt = Math.floor((Date.now() + offset) / QUARTER - 1) * QUARTER;
			await goLive(lesson, startsAt);
			const all: RoomPage[] = [];
			for (const person of [lesson.mentor, ...lesson.learners]) {
				const room = await enter(person, lesson, options);
				await join(room.page, WORDS[options?.language ?? 'en']);
				all.push(room);
			}
			await wereThere(lesson, new Date(startsAt));
			if (!options?.cutOff)
				for (const { page } of all) await inSight(page, all.length - 1, options?.language);
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

/** The colour of each comes from their id: chosen until nobody looks like somebody else. */
async function differentPeople(world: World, names: string[]): Promise<Person[]> {
	const people: Person[] = [];
	for (const [nth, name] of names.entries()) {
		let person: Person;
		do person = await world.person(nth === 0 ? 'mentor' : 'learner', name);
		while (people.some(({ id }) => avatarColour(id) === avatarColour(person.id)));
		people.push(person);
	}
	return people;
}

async function join(page: Page, { turnOn, on, join, controls }: (typeof WORDS)[Language]): Promise<void> {
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	await button(turnOn).click();
	await button(on).waitFor();
	await button(join).click();
	await page.getByRole('toolbar', { name: controls, exact: true }).waitFor();
}

/** So many others are seen, sharp enough for a picture. */
export async function inSight(page: Page, others: number, language: Language = 'en'): Promise<void> {
	await page.waitForFunction(
		([wanted, beginning]) =>
			[...document.querySelectorAll('video')].filter(
				(video) =>
					video.ariaLabel?.startsWith(beginning) &&
					video.videoWidth > 0 &&
					// A still picture gets its sharpness only after a while.
					video.getVideoPlaybackQuality().totalVideoFrames > 40
			).length >= wanted,
		[others, WORDS[language].video] as const,
		{ timeout: 40_000 }
	);
}

/**
 * Runs in the page before its own scripts: its date fields are in the British English of everything else. One that a script
 * made before it was in the page has to be made again for it.
 */
function speakBritishEnglish(): void {
	const known = new WeakSet<HTMLInputElement>();
	new MutationObserver(() => {
		const root = document.documentElement;
		if (root?.lang === 'en') root.lang = 'en-GB';
		for (const field of document.querySelectorAll<HTMLInputElement>('input:is([type=date], [type=time])')) {
			if (known.has(field)) continue;
			known.add(field);
			const { type } = field;
			field.type = 'text';
			field.type = type;
		}
	}).observe(document, { childList: true, subtree: true });
}
