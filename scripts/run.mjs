// What every npm script begins with: `node scripts/run.mjs [--production] <file> [arguments]`. It knows no package and
// runs on Node 20 or newer; it installs what is missing and runs the file on the Node that the project pins.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install, isInstalled } from './install.mjs';

/** TypeScript files run as they are, and better-sqlite3 has binaries for it; on Node 20 it would crash silently. */
const NEEDED_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Paths that people type are meant from where they are; everything else is meant from here.
process.env.INIT_CWD ??= process.cwd();
process.chdir(root);

const args = process.argv.slice(2);
const production = args[0] === '--production';
if (production) args.shift();
const [file, ...rest] = args;
if (!file) stop('Which script? Usage: node scripts/run.mjs <file> [arguments]');
if (major(process.versions.node) < 20) stop(tooOld('20'));

if (!isInstalled(root, { production })) await install(root);
const node = chooseNode();
process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;

endWithParent();
keepCompiled();
if (node === process.execPath) {
	process.argv.splice(1, process.argv.length - 1, resolve(root, file), ...rest);
	await import(pathToFileURL(resolve(root, file)).href);
} else {
	runOn(node, [resolve(root, file), ...rest]);
}

/** Path of the Node to use; `process.execPath` when this very process will do. */
function chooseNode() {
	const pinned = join(root, 'node_modules', `node-${osName()}-${process.arch}`, 'bin', nodeName());
	if (existsSync(pinned)) {
		if (realpathSync(pinned) === realpathSync(process.execPath)) return process.execPath;
		// E.g. on a system without glibc it is there but does not start.
		if (spawnSync(pinned, ['--version']).status === 0) return pinned;
	}
	if (major(process.versions.node) < NEEDED_MAJOR) stop(tooOld(String(NEEDED_MAJOR)));
	return process.execPath;
}

/**
 * @param {string} node
 * @param {string[]} nodeArgs
 */
function runOn(node, nodeArgs) {
	const child = spawn(node, nodeArgs, { stdio: 'inherit' });
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => child.kill(signal));
	}
	child.on('error', (error) => stop(error.message));
	child.on('exit', (code, signal) => {
		if (!signal) process.exit(code ?? 1);
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	});
}

/** npm passes SIGTERM on to a shell, and the shell dies of it without a word to us: then nobody waits for us any more. */
function endWithParent() {
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		process.kill(process.pid, 'SIGTERM');
	}, 500);
	watch.unref();
}

/** What was compiled once is kept, so that a server is back sooner. Node 20 knows nothing of it. */
function keepCompiled() {
	process.env.NODE_COMPILE_CACHE ??= join(root, '.cache', 'compiled');
	module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}

function osName() {
	return process.platform === 'win32' ? 'win' : process.platform;
}

function nodeName() {
	return process.platform === 'win32' ? 'node.exe' : 'node';
}

/** @param {string} version */
function major(version) {
	return Number(version.split('.')[0]);
}

/** @param {string} needed */
function tooOld(needed) {
	return `PeerLearn needs Node ${needed} or newer here; this is ${process.version}. Get it from https://nodejs.org and try again.`;
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}
