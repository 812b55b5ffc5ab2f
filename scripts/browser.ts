import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { progress } from './progress.mjs';

/** A browser for the tests: `path` is null for Playwright's own. Or why there is none. */
export type FoundBrowser = { path: string | null } | { missing: string };

/** Work that shows nothing for this long is given up, ms. A download tells its percentages, apt-get may be silent. */
const DOWNLOAD_PATIENCE_MS = 45_000;
const APT_PATIENCE_MS = 600_000;
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
	if (!isRoot() || !existsSync('/usr/bin/apt-get')) return null;
	const apt = (title: string, ...args: string[]) =>
		attempt(title, 'apt-get', [...args, '-y', '-q', '-o', 'Dpkg::Use-Pty=0'], APT_PATIENCE_MS);
	await apt('Reading the lists of packages', 'update');
	await apt('Installing Chromium with apt-get', 'install', '--no-install-recommends', 'chromium');
	return existing();
}

function isRoot(): boolean {
	return process.getuid?.() === 0;
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

/** Runs one step visibly; false when it failed or stayed silent for too long. */
async function attempt(title: string, command: string, args: string[], patience: number): Promise<boolean> {
	try {
		await progress(title, () => runWatched(command, args, patience));
		return true;
	} catch (error) {
		process.stdout.write(`  ${error instanceof Error ? error.message : String(error)}\n`);
		return false;
	}
}

function runWatched(command: string, args: string[], patience: number): Promise<void> {
	return new Promise((done, fail) => {
		const child = spawn(command, args, {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {
				...process.env,
				DEBIAN_FRONTEND: 'noninteractive',
				PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '6000'
			}
		});
		let complaint = `${command} failed`;
		let silence = setTimeout(giveUp, patience);
		function giveUp() {
			complaint = `nothing happened for ${patience / 1_000} s`;
			child.kill('SIGKILL');
		}
		function heard(data: Buffer) {
			complaint = /^(E:|Error:) .*$/m.exec(data.toString())?.[0] ?? complaint;
			clearTimeout(silence);
			silence = setTimeout(giveUp, patience);
		}
		child.stdout.on('data', heard);
		child.stderr.on('data', heard);
		child.on('error', (error) => settle(() => fail(error)));
		child.on('close', (code) => settle(() => (code === 0 ? done() : fail(new Error(complaint)))));
		function settle(how: () => void) {
			clearTimeout(silence);
			how();
		}
	});
}
