import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A network that nothing else on this machine sees: server and browsers that are started in it talk to each other only. */
export interface OwnNetwork {
	/** Words to put before a command that is to run in it. */
	prefix: string[];
	/** An executable that starts `command` in it. */
	wrap(command: string): string;
	/** Media between browsers is dropped, in every direction. */
	cutMedia(): void;
	/** Everything is dropped: a cable that is pulled out. */
	cutAll(): void;
	/** Packets come through again. */
	mend(): void;
	close(): void;
}

/** Why this machine cannot have one; null when it can. */
export function noOwnNetwork(): string | null {
	if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
	if (process.getuid?.() !== 0) return 'network namespaces need root';
	try {
		execFileSync('unshare', ['-n', 'sh', '-c', PREPARE.join(' && ')], { stdio: 'ignore' });
		return null;
	} catch {
		return 'unshare, nsenter, ip and tc with htb and u32 are needed to cut a network';
	}
}

/**
 * Chromium offers addresses of a default route only. All that is said in here goes over `lo`, whose class 1:3 takes a
 * byte a second: what a filter sends there is lost.
 */
const PREPARE = [
	'ip link set lo up',
	'ip link add e0 type veth peer name e1',
	'ip addr add 10.99.0.1/24 dev e0',
	'ip link set e0 up',
	'ip link set e1 up',
	'ip route add default dev e0',
	'tc qdisc add dev lo root handle 1: htb default 1',
	'tc class add dev lo parent 1: classid 1:1 htb rate 10gbit quantum 60000',
	'tc class add dev lo parent 1: classid 1:3 htb rate 8bit quantum 1500',
	'tc qdisc add dev lo parent 1:3 handle 30: tbf rate 8bit burst 1 limit 1'
];

export async function openOwnNetwork(): Promise<OwnNetwork> {
	const script = [...PREPARE, 'echo ready', 'exec sleep infinity'].join(' && ');
	const holder = spawn('unshare', ['-n', 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
	await ready(holder);
	const folder = mkdtempSync(join(tmpdir(), 'peerlearn-network-'));
	const prefix = ['nsenter', `--net=/proc/${holder.pid}/ns/net`, '--'];
	const filter = (words: string) =>
		void execFileSync(prefix[0]!, [...prefix.slice(1), 'tc', 'filter', ...words.split(' ')], {
			stdio: 'pipe'
		});
	const drop = (match: string) =>
		filter(`add dev lo parent 1: protocol ip prio 1 u32 match ${match} flowid 1:3`);
	let scripts = 0;

	return {
		prefix,
		wrap(command) {
			const file = join(folder, `run-${++scripts}.sh`);
			writeFileSync(file, `#!/bin/sh\nexec ${prefix.join(' ')} '${command}' "$@"\n`);
			chmodSync(file, 0o755);
			return file;
		},
		cutMedia: () => drop('ip protocol 17 0xff'),
		cutAll: () => drop('u32 0 0'),
		mend: () => filter('del dev lo parent 1:'),
		close() {
			holder.kill('SIGKILL');
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function ready(holder: ChildProcess): Promise<void> {
	return new Promise((done, fail) => {
		let words = '';
		holder.stderr?.on('data', (data: Buffer) => (words += data.toString()));
		holder.stdout?.once('data', () => done());
		holder.once('exit', () => fail(new Error(`No network of its own: ${words}`)));
	});
}
