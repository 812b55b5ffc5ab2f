import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { Mistake } from '../commandLine.ts';
import { installFrameProbe } from './frameProbe.ts';
import type { Person } from './people.ts';

/** Fake devices, and nothing of the browser's own that would work in the background while we measure. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--use-fake-device-for-media-stream',
	'--use-fake-ui-for-media-stream',
	'--autoplay-policy=no-user-gesture-required'
];
const VIEWPORT = { width: 1280, height: 720 };
const PATIENCE_MS = 20_000;
/** In the lobby everything is quiet by then, ms. */
const SETTLING_MS = 1_200;

/**
 * `wrap` makes an executable that starts the browser elsewhere, `flags` are added.
 * @throws Mistake when there is no browser
 */
export async function openBrowser(
	options: { wrap?: (command: string) => string; flags?: string[] } = {}
): Promise<Browser> {
	const { wrap, flags = [] } = options;
	const found = await findBrowser();
	if ('missing' in found) throw new Mistake(`These figures need a browser: ${found.missing}.`);
	const args = [...FLAGS, ...flags];
	if (wrap) return chromium.launch({ executablePath: wrap(found.path ?? chromium.executablePath()), args });
	const which = found.path === null ? { channel: 'chromium' } : { executablePath: found.path };
	return chromium.launch({ ...which, args });
}

/** A page in a context of its own, as on another machine. `person` is signed in there. */
export async function openPage(browser: Browser, origin: string, person: Person | null): Promise<Page> {
	const context = await browser.newContext({ viewport: VIEWPORT });
	context.setDefaultTimeout(PATIENCE_MS);
	if (person) await context.addCookies([{ ...person.cookie, url: origin }]);
	await context.addInitScript(installFrameProbe);
	return context.newPage();
}

export async function closePages(pages: Page[]): Promise<void> {
	const contexts: BrowserContext[] = pages.map((page) => page.context());
	await Promise.all(contexts.map((context) => context.close()));
}

/** Opens a lesson and turns the devices on. Resolves when the preview moves and the PeerServer has answered. */
export async function enterLobby(page: Page, url: string): Promise<void> {
	const reachable = new Promise<void>((done) => {
		page.on('websocket', (socket) => {
			if (!socket.url().includes('/peerjs')) return;
			socket.on('framereceived', ({ payload }) => {
				if (String(payload).includes('"OPEN"')) done();
			});
		});
	});
	await page.goto(url);
	await turnOnDevices(page);
	await withPatience(reachable, 'The PeerServer did not answer.');
}

export async function turnOnDevices(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
	await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
}

/** How long the first frames took after the click on “Start session”, ms. */
export interface FirstFrames {
	starter: number;
	other: number;
	/** Until both see each other. */
	both: number;
}

export async function startLesson(starter: Page, other: Page): Promise<FirstFrames> {
	await delay(SETTLING_MS);
	await starter.getByRole('button', { name: 'Start session' }).click();
	const clicked = await withPatience(
		starter.evaluate(() => window.benchMarks.clicked),
		'Nothing was clicked.'
	);
	const frames = [starter, other].map(async (page) => {
		const at = await withPatience(
			page.evaluate(() => window.benchMarks.firstFrame),
			'No frame came.'
		);
		return at - clicked;
	});
	const [atStarter, atOther] = await Promise.all(frames);
	return { starter: atStarter!, other: atOther!, both: Math.max(atStarter!, atOther!) };
}

async function withPatience<T>(promise: Promise<T>, complaint: string): Promise<T> {
	const stop = new AbortController();
	const late = delay(PATIENCE_MS, null, { signal: stop.signal, ref: false }).then(() => {
		throw new Error(complaint);
	});
	// Stopped in time it rejects as well; nobody waits for it then.
	late.catch(() => undefined);
	try {
		return await Promise.race([promise, late]);
	} finally {
		stop.abort();
	}
}
