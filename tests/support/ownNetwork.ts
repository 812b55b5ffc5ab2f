import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Browsers run on machines of their own; the servers are on a third one, the hub. */
export type Machine = 'one' | 'two';

/** Three machines and the cables from two of them to the hub, which nothing else on this machine sees. */
export interface OwnNetwork {
	/** Words to put before a command that is to run on the hub. */
	prefix: string[];
	/** An executable that starts `command` on one of the machines. */
	wrap(command: string, where: Machine): string;
	/** What a browser needs to be told, so that it finds the servers as `localhost`. */
	browserFlags: string[];
	/** UDP is dropped, in both directions. */
	cutMedia(): void;
	/** UDP that leaves one of the machines is dropped: media dies one way only. */
	cutMediaFrom(where: Machine): void;
	/** What goes by TCP between a machine and this port of the hub is dropped, without a word to either side. */
	cutTcp(where: Machine, port: number): void;
	/** Everything to and from one machine is dropped, as when a link dies that nobody notices at once. */
	cutOff(where: Machine): void;
	/** Everything to and from both. */
	cutAll(): void;
	/** All that leaves a machine shares this many kbit/s; what waits longer than 0.4 s is dropped. */
	narrow(where: Machine, kbit: number): void;
	/** Of the larger UDP packets that leave a machine one in so many is lost, at random. */
	lose(where: Machine, oneIn: 4 | 8 | 16): void;
	/** Packets come through again. */
	mend(): void;
	/** The machine gets another address and loses the one it had; what runs over that one dies. */
	changeAddress(where: Machine): void;
	close(): void;
}

export const HUB_ADDRESS = '10.99.0.1';
const MACHINES: readonly Machine[] = ['one', 'two'];
/** The last numbers are the machine's, and how many addresses it has had. */
const addressOf = (where: Machine, nth: number) => `10.99.${MACHINES.indexOf(where) + 1}.${nth}`;

/** Why this machine cannot have one; null when it can. */
export function noOwnNetwork(): string | null {
	if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
	if (process.getuid?.() !== 0) return 'network namespaces need root';
	try {
		const script = [...PREPARE_HUB, ...cable('one')].join(' && ');
		execFileSync('unshare', ['-n', 'sh', '-c', script], { stdio: 'ignore' });
		return null;
	} catch {
		return 'unshare, nsenter, ip and tc with htb and u32 are needed to cut a network';
	}
}

const PREPARE_HUB = [
	'ip link set lo up',
	'ip link add hub type bridge',
	`ip addr add ${HUB_ADDRESS}/16 dev hub`,
	'ip link set hub up'
];

/** Run on the hub, whose end of the cable is called as the machine is; the other end is still there too. */
const cable = (where: Machine) => [
	`ip link add ${where} type veth peer name e-${where}`,
	`ip link set ${where} master hub`,
	`ip link set ${where} up`,
	...cutting(where)
];

/** Run on the machine. Chromium offers addresses of a default route only. */
const plugIn = (where: Machine) => [
	`ip addr add ${addressOf(where, 1)}/16 dev e-${where}`,
	`ip link set e-${where} up`,
	`ip route add default dev e-${where}`,
	...cutting(`e-${where}`)
];

/** What leaves by a device goes through one of two classes; 1:3 takes a byte a second: what a filter sends there is lost. */
function cutting(device: string): string[] {
	return [
		`tc qdisc add dev ${device} root handle 1: htb default 1`,
		`tc class add dev ${device} parent 1: classid 1:1 htb rate 10gbit quantum 60000`,
		`tc class add dev ${device} parent 1: classid 1:3 htb rate 8bit quantum 1500`,
		`tc qdisc add dev ${device} parent 1:3 handle 30: tbf rate 8bit burst 1 limit 1`,
		`tc class add dev ${device} parent 1: classid 1:5 htb rate 10gbit quantum 60000`
	];
}

const UDP = 'match ip protocol 17 0xff';
const TCP = 'match ip protocol 6 0xff';
const EVERYTHING = 'match u32 0 0';
/** A byte of the encrypted part: after the headers of IP, UDP and RTP with its extensions. */
const DICE = 72;

export async function openOwnNetwork(): Promise<OwnNetwork> {
	const hub = await hold(PREPARE_HUB);
	const holders = { one: await hold(['ip link set lo up']), two: await hold(['ip link set lo up']) };
	const folder = mkdtempSync(join(tmpdir(), 'peerlearn-network-'));
	const run = (holder: ChildProcess, words: string) => {
		const [command = '', ...rest] = [...enter(holder), ...words.split(' ')];
		execFileSync(command, rest, { stdio: 'pipe' });
	};
	const filter = (device: string, match: string, to = '1:3') =>
		`tc filter add dev ${device} parent 1: protocol ip prio 1 u32 ${match} flowid ${to}`;
	const dropFrom = (where: Machine, match: string) => run(holders[where], filter(`e-${where}`, match));
	const dropTo = (where: Machine, match: string) => run(hub, filter(where, match));
	const dropBoth = (where: Machine, match: string) => {
		dropFrom(where, match);
		dropTo(where, match);
	};
	const addresses = { one: 1, two: 1 };
	let scripts = 0;

	for (const where of MACHINES) {
		for (const words of cable(where)) run(hub, words);
		run(hub, `ip link set e-${where} netns ${holders[where].pid}`);
		for (const words of plugIn(where)) run(holders[where], words);
	}

	return {
		prefix: enter(hub),
		wrap(command, where) {
			const file = join(folder, `run-${++scripts}.sh`);
			writeFileSync(file, `#!/bin/sh\nexec ${enter(holders[where]).join(' ')} '${command}' "$@"\n`);
			chmodSync(file, 0o755);
			return file;
		},
		browserFlags: [`--host-resolver-rules=MAP localhost ${HUB_ADDRESS}`],
		cutMedia: () => MACHINES.forEach((where) => dropBoth(where, UDP)),
		cutMediaFrom: (where) => dropFrom(where, UDP),
		cutTcp(where, port) {
			dropFrom(where, `${TCP} match ip dport ${port} 0xffff`);
			dropTo(where, `${TCP} match ip sport ${port} 0xffff`);
		},
		cutOff: (where) => dropBoth(where, EVERYTHING),
		cutAll: () => MACHINES.forEach((where) => dropBoth(where, EVERYTHING)),
		narrow(where, kbit) {
			const device = `e-${where}`;
			const bucket = `parent 1:5 handle 50: tbf rate ${kbit}kbit burst 3000 latency 400ms`;
			run(holders[where], `tc qdisc replace dev ${device} ${bucket}`);
			run(holders[where], filter(device, EVERYTHING, '1:5'));
		},
		lose(where, oneIn) {
			// Media is encrypted, so its bytes are as random as dice. Neither `netem` nor `gact` is to be had everywhere.
			const mask = { 4: '0xc0', 8: '0xe0', 16: '0xf0' }[oneIn];
			dropFrom(where, `${UDP} match u8 0 ${mask} at ${DICE}`);
		},
		mend() {
			for (const where of MACHINES) {
				run(holders[where], `tc filter del dev e-${where} parent 1:`);
				run(hub, `tc filter del dev ${where} parent 1:`);
			}
		},
		changeAddress(where) {
			const change = (words: string) => run(holders[where], `ip ${words} dev e-${where}`);
			change(`addr del ${addressOf(where, addresses[where])}/16`);
			addresses[where] += 1;
			change(`addr add ${addressOf(where, addresses[where])}/16`);
			change('route replace default');
		},
		close() {
			for (const holder of [hub, ...Object.values(holders)]) holder.kill('SIGKILL');
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function enter(holder: ChildProcess): string[] {
	return ['nsenter', `--net=/proc/${holder.pid}/ns/net`, '--'];
}

/** A machine lives as long as a process in it. */
function hold(commands: string[]): Promise<ChildProcess> {
	const script = [...commands, 'echo ready', 'exec sleep infinity'].join(' && ');
	const holder = spawn('unshare', ['-n', 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
	return new Promise((done, fail) => {
		let words = '';
		holder.stderr.on('data', (data: Buffer) => (words += data.toString()));
		holder.stdout.once('data', () => done(holder));
		holder.once('exit', () => fail(new Error(`No network of its own: ${words}`)));
	});
}
