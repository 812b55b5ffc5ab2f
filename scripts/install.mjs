// Plain JavaScript: it runs before anything is installed, on whatever Node the machine has (20 or newer).
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { progress } from './progress.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[] }} Entry
 * @typedef {Record<string, Entry>} Entries
 */

/**
 * Whether `node_modules` holds what the lockfile asks for, on this kind of machine. npm writes its own list into
 * `node_modules` at the end of an installation, so a list that is there and fits means that nothing is to be fetched.
 * @param {string} root
 * @param {{ production: boolean }} options `production`: packages for development may be missing
 */
export function isInstalled(root, { production }) {
	const wanted = readEntries(join(root, 'package-lock.json'));
	const present = readEntries(join(root, 'node_modules', '.package-lock.json'));
	if (!wanted || !present) return false;
	if (Object.values(present).some((entry) => !isForThisMachine(entry))) return false;
	return Object.entries(wanted).every(([path, entry]) => {
		const found = present[path];
		if (path === '') return true;
		if (!found) return entry.optional === true || (production && entry.dev === true);
		return (
			found.version === entry.version && found.integrity === entry.integrity && existsSync(join(root, path))
		);
	});
}

/**
 * `npm ci`, visibly. Exits the process with a sentence when it fails.
 * @param {string} root
 */
export async function install(root) {
	// Warnings about the machine's own Node would be true and misleading: the project runs on the one it installs.
	// No package may run a script of its own (“allowScripts” in package.json); older npm do not read that.
	const args = [
		...['ci', '--ignore-scripts', '--include=dev', '--include=optional'],
		...['--no-audit', '--no-fund', '--loglevel=error']
	];
	const npm = npmCommand();
	// npm empties the folder first, wherever it lies.
	if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
		process.stderr.write(
			'node_modules is a link to another folder, which would be emptied: replace it first.\n'
		);
		process.exit(1);
	}
	try {
		await progress('Installing packages (only when the lockfile changed)', async () => {
			const child = spawn(npm.command, [...npm.args, ...args], {
				cwd: root,
				stdio: 'inherit',
				shell: npm.shell
			});
			const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
			if (code !== 0) throw new Error(`npm ci ended with code ${code}`);
		});
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		process.stderr.write(`The packages could not be installed (${reason}). Is the network there?\n`);
		process.exit(1);
	}
}

/** The npm that runs us, on the Node that runs it: ours may lie in the folder that is about to be replaced. */
function npmCommand() {
	const { npm_execpath: cli, npm_node_execpath: node } = process.env;
	if (cli && node && /npm-cli\.c?js$/.test(cli)) return { command: node, args: [cli], shell: false };
	return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * @param {string} file
 * @returns {Entries | null}
 */
function readEntries(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
	} catch {
		return null;
	}
}

/** @param {Entry} entry */
function isForThisMachine({ os, cpu }) {
	return fits(os, process.platform) && fits(cpu, process.arch);
}

/**
 * @param {string[] | undefined} allowed names, or names to exclude with a leading “!”
 * @param {string} name
 */
function fits(allowed, name) {
	if (!allowed || allowed.length === 0 || allowed.includes('any')) return true;
	if (allowed.includes(`!${name}`)) return false;
	return allowed.includes(name) || allowed.every((one) => one.startsWith('!'));
}
