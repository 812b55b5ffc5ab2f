import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { serveDemo } from '../../scripts/demoServer.ts';

export interface DemoServer {
	/** Without a slash at the end. */
	url: string;
	dataDir: string;
	/** Of its process. */
	pid: number;
	/** Start of the sample lesson, ms since the epoch; null when an existing folder was continued. */
	startsAt: number | null;
	/** Everything the server wrote, of its log only what went wrong. */
	output(): string;
	/** The same with all of its log. */
	said(): string;
	/** SIGTERM, as production does it; resolves with the exit code. */
	stop(): Promise<number | null>;
	/** SIGKILL: a crash. Nothing is cleaned up, so the folder can be continued. */
	kill(): Promise<void>;
	/** Resolves when the process has ended, however that came. */
	ended: Promise<void>;
}

type Announcement = Awaited<ReturnType<typeof serveDemo>>;

/** The process ended before it listened. */
export class NotStarted extends Error {
	readonly output: string;
	constructor(output: string) {
		super(`The demo did not start:\n${output}`);
		this.output = output;
	}
}

/**
 * The built app with sample people and lessons, in a process and (unless told otherwise) a folder of its own, on a
 * free port. Times in minutes, fractions allowed.
 */
export async function startDemo(
	options: {
		startsIn?: number;
		minutes?: number;
		dataDir?: string;
		port?: number;
		env?: Record<string, string>;
		/** Words before the command, for a server in a network of its own. */
		prefix?: string[];
		/** A PeerServer that runs as a process of its own; null for the one within. */
		peerServerUrl?: string | null;
		/** Where mails go; without it they stay in the outbox. */
		mail?: { url: string; from: string } | null;
	} = {}
): Promise<DemoServer> {
	const { startsIn = 1, minutes = 60, dataDir = null, port = 0, env = {} } = options;
	const { prefix = [], peerServerUrl = null, mail = null } = options;
	const [command = process.execPath, ...words] = [...prefix, process.execPath];
	const child = spawn(
		command,
		[
			...words,
			fileURLToPath(new URL('demoProcess.ts', import.meta.url)),
			JSON.stringify({ startsIn, minutes, dataDir, port, peerServerUrl, mail })
		],
		{ stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOST: '', ...env } }
	);
	let said = '';
	child.stderr.on('data', (data: Buffer) => (said += data.toString()));
	const exited = once(child, 'exit') as Promise<[number | null]>;
	const announced = Promise.withResolvers<Announcement>();
	let before = '';
	child.stdout.on('data', (data: Buffer) => {
		before += data.toString();
		// Its log goes there too, and may have begun already.
		const line = /^\{"port":.*\n/m.exec(before)?.[0];
		if (!line) return;
		announced.resolve(JSON.parse(line) as Announcement);
		said += before.replace(line, '');
		child.stdout.removeAllListeners('data').on('data', (later: Buffer) => (said += later.toString()));
	});
	const demo = await Promise.race([announced.promise, exited.then(() => null)]);
	if (!demo) throw new NotStarted(before + said);
	const end = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		return (await exited)[0];
	};
	return {
		url: `http://localhost:${demo.port}`,
		dataDir: demo.dataDir,
		pid: child.pid!,
		startsAt: demo.startsAt,
		output: () => said.replace(/^\{"level":[123]0,.*\n?/gm, ''),
		said: () => said,
		stop: () => end('SIGTERM'),
		kill: async () => void (await end('SIGKILL')),
		ended: exited.then(() => undefined)
	};
}
