import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { findBrowser } from './browser.ts';
import { readPlaywrightReport, readVitestReport, sum, type Tally } from './testReports.ts';
import { ensureTurnServer } from './turnServer.ts';

const CACHE = '.cache';
const REPORTS = `${CACHE}/reports`;
/** Files with which a tool found nothing wrong are not read again until they change. */
const cachedBy = (tool: string) => [
	...['--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/${tool}.json`]
];
/**
 * Browser tests with figures in them, and all that break something: beside others they would fail for no reason. Only faults
 * of the board have no figures, and break nothing but the server of their worker.
 */
const ALONE = '@alone\\b|(^|\\s|/)faults/(?!board)\\S+\\.spec\\.ts\\s';
const BIN = {
	eslint: 'node_modules/eslint/bin/eslint.js',
	prettier: 'node_modules/prettier/bin/prettier.cjs',
	kit: 'node_modules/@sveltejs/kit/svelte-kit.js',
	svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
	vitest: 'node_modules/vitest/vitest.mjs',
	playwright: 'node_modules/@playwright/test/cli.js'
};

/** Lint and formatting: one test. */
export async function lint(): Promise<Tally> {
	const codes = await Promise.all([
		runQuietly([BIN.eslint, '.', '--max-warnings', '0', ...cachedBy('eslint')]),
		runQuietly([BIN.prettier, '--check', '--log-level', 'warn', ...cachedBy('prettier'), '.'])
	]);
	return oneTest('lint', codes);
}

/** Types of TypeScript and Svelte files: one test. */
export async function typeCheck(): Promise<Tally> {
	return oneTest('type check', [
		// Types of the routes.
		await runQuietly([BIN.kit, 'sync']),
		await runQuietly([
			BIN.svelteCheck,
			...['--tsconfig', './tsconfig.json', '--output', 'human', '--threshold', 'error']
		])
	]);
}

/**
 * Files at once. vitest itself takes one core less than there are; API tests and faults mostly wait for a server of their own. Those
 * that measure run one by one, whatever stands here.
 */
const CORES = availableParallelism();
const FILES_AT_ONCE = { unit: CORES, api: Math.max(3, CORES), faults: Math.max(3, CORES), 'faults-alone': 1 };

/** Faults of the server: first those that measure nothing, then, one by one, the others. `filters` as of `vitest`. */
export async function faults(filters: string[]): Promise<Tally> {
	await ensureTurnServer();
	const beside = await vitest('faults', filters);
	return sum(beside, await vitest('faults-alone', filters));
}

/** One of the projects in vite.config.ts; `filters` are parts of file names. */
export async function vitest(project: keyof typeof FILES_AT_ONCE, filters: string[]): Promise<Tally> {
	const report = await freshReport(project);
	const code = await runNode([
		BIN.vitest,
		'run',
		// Files that somebody chose may all be of the other kind.
		...(project.startsWith('faults') ? ['--passWithNoTests'] : []),
		...[
			'--project',
			project,
			`--maxWorkers=${FILES_AT_ONCE[project]}`,
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${report}`
		],
		...filters
	]);
	return guard(project, code, readVitestReport(await readReport(report)));
}

/**
 * The tests in a browser, with a browser and a TURN server that are fetched where they are missing. First two at a time,
 * then, one by one, those that measure or break something; both kinds run, whatever became of the first.
 */
export async function playwright(filters: string[]): Promise<Tally> {
	const browser = await findBrowser();
	if ('missing' in browser)
		return { passed: 0, failed: [], impossible: [`browser tests (${browser.missing})`] };
	await ensureTurnServer();
	const run = async (name: string, options: string[]) => {
		const report = await freshReport(name);
		const code = await runNode(
			[BIN.playwright, 'test', '--reporter=list,json', '--pass-with-no-tests', ...options, ...filters],
			{ PLAYWRIGHT_JSON_OUTPUT_NAME: report, PEERLEARN_CHROMIUM: browser.path ?? '' }
		);
		return guard(name, code, readPlaywrightReport(await readReport(report)));
	};
	const beside = await run('browser', ['--grep-invert', ALONE, '--workers', '2']);
	const alone = await run('browser-alone', ['--grep', ALONE]);
	return sum(beside, alone);
}

/** Of commands that all ran, so that one look shows everything that is to be mended. */
function oneTest(name: string, codes: number[]): Tally {
	const ok = codes.every((code) => code === 0);
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

/** Some run beside each other: each shows what it has to say when it is done. */
async function runQuietly(args: string[]): Promise<number> {
	const output: Buffer[] = [];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => output.push(data));
	const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done));
	process.stdout.write(Buffer.concat(output));
	return code ?? 1;
}

function runNode(args: string[], env: Record<string, string> = {}): Promise<number> {
	return new Promise((done, fail) => {
		const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
		child.on('error', fail).on('exit', (code) => done(code ?? 1));
	});
}
