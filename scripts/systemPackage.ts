import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { progress } from './progress.mjs';

/** apt-get may show nothing for this long before it is given up, ms. */
export const APT_PATIENCE_MS = 600_000;
/** Asked by packages whether they may start their service. */
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs a package of the distribution where that is possible: as root, with apt-get. Its services are not started. */
export async function installPackage(name: string, title: string): Promise<boolean> {
	if (!isRoot() || !existsSync('/usr/bin/apt-get')) return false;
	const apt = (what: string, ...args: string[]) =>
		attempt(what, 'apt-get', [...args, '-y', '-q', '-o', 'Dpkg::Use-Pty=0'], APT_PATIENCE_MS);
	const ours = !existsSync(POLICY);
	if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		await apt('Reading the lists of packages', 'update');
		return await apt(`Installing ${title} with apt-get`, 'install', '--no-install-recommends', name);
	} finally {
		if (ours) rmSync(POLICY, { force: true });
	}
}

export function isRoot(): boolean {
	return process.getuid?.() === 0;
}

/** Runs one step visibly; false when it failed or stayed silent for too long. */
export async function attempt(
	title: string,
	command: string,
	args: string[],
	patience: number
): Promise<boolean> {
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
