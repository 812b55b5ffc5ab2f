import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { spawn } from 'node:child_process';
import { LANGUAGES, type Language } from '../src/lib/shared/language.ts';
import { Mistake } from './commandLine.ts';
import { progress } from './progress.mjs';

const VITE_CONFIG = 'vite.config.ts';
/** Everything that a build is made of, beside the plugins of `vite.config.ts`; tests are not part of it. */
const INPUTS = ['src/**/*', 'static/**/*', 'peer-server/*.ts', 'scripts/words/*.ts', 'words/*.json'];
const SINGLE_INPUTS = ['package-lock.json', 'package.json', 'svelte.config.js', 'tsconfig.json', VITE_CONFIG];
const STAMP = 'build/inputs.sha256';

/** Whether `build/` was made of the sources as they are. */
export async function isBuilt(): Promise<boolean> {
	const stamp = await readFile(STAMP, 'utf8').catch(() => null);
	const isWhole = LANGUAGES.every((language) => existsSync(handlerOf(language)));
	return stamp !== null && isWhole && stamp === (await hashInputs());
}

/** Builds unless `build/` already fits the sources. */
export async function ensureBuilt(): Promise<void> {
	if (!(await isBuilt())) await build();
}

/** @throws Mistake when the build fails; its output is shown */
export async function build(): Promise<void> {
	// Taken before: what is edited during the build must lead to another one.
	const inputs = await hashInputs();
	await progress('Building the app (only when its sources changed)', buildLanguages);
	await writeFile(STAMP, inputs);
}

/** Where the pages of a language are served from. */
export function handlerOf(language: Language): string {
	return language === 'en' ? 'build/handler.js' : `build/${language}/handler.js`;
}

/** All at once: each is one process that uses little more than one core. */
async function buildLanguages(): Promise<void> {
	// The builds of all languages read it while the English one still writes it.
	if (!existsSync('.svelte-kit/tsconfig.json'))
		await runTool('en', ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync']);
	const built = await Promise.allSettled(LANGUAGES.map(runVite));
	for (const result of built) if (result.status === 'rejected') throw result.reason;
	// English comes first and clears the folder.
	for (const language of LANGUAGES.filter((one) => one !== 'en'))
		await rename(`.svelte-kit/languages/${language}/build`, `build/${language}`);
}

async function runVite(language: Language): Promise<void> {
	await runTool(language, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
}

async function runTool(language: Language, command: string[]): Promise<void> {
	const output: Buffer[] = [];
	const child = spawn(process.execPath, command, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, NODE_ENV: 'production', PEERLEARN_LANGUAGE: language }
	});
	child.stdout.on('data', (data: Buffer) => output.push(data));
	child.stderr.on('data', (data: Buffer) => output.push(data));
	const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
	if (code === 0) return;
	process.stderr.write(Buffer.concat(output));
	throw new Mistake('The build failed; the reason stands above.');
}

async function hashInputs(): Promise<string> {
	const files = [...SINGLE_INPUTS, ...pluginsIn(await readFile(VITE_CONFIG, 'utf8'))];
	for await (const entry of glob(INPUTS, { withFileTypes: true })) {
		if (entry.isFile() && !entry.name.endsWith('.test.ts'))
			files.push(relative('.', join(entry.parentPath, entry.name)));
	}
	const hash = createHash('sha256');
	for (const file of files.sort())
		hash
			.update(`${file}\0`)
			.update(await readFile(file))
			.update('\0');
	return hash.digest('hex');
}

/** The scripts that a Vite configuration imports. */
export function pluginsIn(config: string): string[] {
	return [...config.matchAll(/ from '\.\/(scripts\/\w+\.ts)'/g)].map(([, file]) => file!);
}
