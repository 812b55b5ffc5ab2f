import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { findBrowser } from './browser.ts';
import { readPlaywrightReport, readVitestReport, type Tally } from './testReports.ts';
import { ensureTurnServer } from './turnServer.ts';

const REPORTS = '.cache/reports';
const BIN = {
	eslint: 'node_modules/eslint/bin/eslint.js',
	prettier: 'node_modules/prettier/bin/prettier.cjs',
	kit: 'node_modules/@sveltejs/kit/svelte-kit.js',
	svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
	vitest: 'node_modules/vitest/vitest.mjs',
	playwright: 'node_modules/@playwright/test/cli.js'
};

/** Lint and formatting: one test. */
export function lint(): Promise<Tally> {
	return oneTest('lint', [
		[BIN.eslint, '.', '--max-warnings', '0'],
		[BIN.prettier, '--check', '--log-level', 'warn', '.']
	]);
}

/** Types of TypeScript and Svelte files: one test. */
export function typeCheck(): Promise<Tally> {
	return oneTest('type check', [
		[BIN.kit, 'sync'],
		[BIN.svelteCheck, '--tsconfig', './tsconfig.json', '--output', 'human', '--threshold', 'error']
	]);
}

/** One of the projects in vite.config.ts; `filters` are parts of file names. */
export async function vitest(project: 'unit' | 'api' | 'faults', filters: string[]): Promise<Tally> {
	const report = await freshReport(project);
	const code = await runNode([
		BIN.vitest,
		'run',
		...['--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
		...filters
	]);
	return guard(project, code, readVitestReport(await readReport(report)));
}

/** The tests in a browser, with a browser and a TURN server that are fetched where they are missing. */
export async function playwright(filters: string[]): Promise<Tally> {
	const browser = await findBrowser();
	if ('missing' in browser)
		return { passed: 0, failed: [], impossible: [`browser tests (${browser.missing})`] };
	await ensureTurnServer();
	const report = await freshReport('browser');
	const code = await runNode([BIN.playwright, 'test', '--reporter=list,json', ...filters], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: report,
		PEERLEARN_CHROMIUM: browser.path ?? ''
	});
	return guard('browser', code, readPlaywrightReport(await readReport(report)));
}

/** All commands run, so that one look shows everything that is to be mended. */
async function oneTest(name: string, commands: string[][]): Promise<Tally> {
	let ok = true;
	for (const command of commands) ok = (await runNode(command)) === 0 && ok;
	return ok ? { passed: 1, failed: [], impossible: [] } : { passed: 0, failed: [name], impossible: [] };
}

/** A run that broke outside of its tests must not look like a success. */
function guard(name: string, code: number, tally: Tally | null): Tally {
	if (!tally) return { passed: 0, failed: [`${name}: the run broke off`], impossible: [] };
	if (code === 0 || tally.failed.length > 0) return tally;
	return { ...tally, failed: [`${name}: an error outside of the tests`] };
}

async function freshReport(name: string): Promise<string> {
	await mkdir(REPORTS, { recursive: true });
	const file = `${REPORTS}/${name}.json`;
	await rm(file, { force: true });
	return file;
}

async function readReport(file: string): Promise<unknown> {
	return JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
}

function runNode(args: string[], env: Record<string, string> = {}): Promise<number> {
	return new Promise((done, fail) => {
		const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
		child.on('error', fail).on('exit', (code) => done(code ?? 1));
	});
}
