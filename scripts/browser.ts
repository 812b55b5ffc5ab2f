import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { APT_PATIENCE_MS, attempt, installPackage, isRoot } from './systemPackage.ts';

/** A browser for the tests: `path` is null for Playwright's own. Or why there is none. */
export type FoundBrowser = { path: string | null } | { missing: string };

/** A download that tells no percentage for this long is given up, ms. */
const DOWNLOAD_PATIENCE_MS = 45_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * A Chromium that really starts: one that is there already, else Playwright's own where it can be downloaded, else the
 * distribution's through apt-get. PEERLEARN_CHROMIUM names one by hand.
 */
export async function findBrowser(): Promise<FoundBrowser> {
	const named = process.env.PEERLEARN_CHROMIUM;
	if (named)
		return (await starts(named))
			? { path: named }
			: { missing: `PEERLEARN_CHROMIUM (${named}) does not start` };
	return (
		(await existing()) ??
		(await downloaded()) ??
		(await fromApt()) ?? {
			missing: 'no Chromium is installed, and none could be downloaded or installed with apt-get'
		}
	);
}

async function existing(): Promise<FoundBrowser | null> {
	if (existsSync(chromium.executablePath()) && (await starts(null))) return { path: null };
	const folders = (process.env.PATH ?? '').split(delimiter);
	const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
	for (const path of candidates) if (existsSync(path) && (await starts(path))) return { path };
	return null;
}

async function downloaded(): Promise<FoundBrowser | null> {
	const playwright = (title: string, patience: number, ...args: string[]) =>
		attempt(title, process.execPath, ['node_modules/@playwright/test/cli.js', ...args, 'chromium'], patience);
	const title = 'Downloading a browser for the tests (once)';
	if (!(await playwright(title, DOWNLOAD_PATIENCE_MS, 'install', '--no-shell'))) return null;
	if (await starts(null)) return { path: null };
	// Downloaded, but system libraries are missing.
	if (isRoot()) await playwright('Installing what the browser needs', APT_PATIENCE_MS, 'install-deps');
	return (await starts(null)) ? { path: null } : null;
}

async function fromApt(): Promise<FoundBrowser | null> {
	return (await installPackage('chromium', 'Chromium')) ? existing() : null;
}

async function starts(executablePath: string | null): Promise<boolean> {
	try {
		const which = executablePath === null ? { channel: 'chromium' } : { executablePath };
		const browser = await chromium.launch({ ...which, timeout: 20_000 });
		await browser.close();
		return true;
	} catch {
		return false;
	}
}
