import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The PeerServer as a process of its own, which can be killed and started again on its port. */
export interface PeerServerProcess {
	start(): Promise<void>;
	/** kill -9. */
	kill(): Promise<void>;
}

/** `prefix`: words before the command, for a network of its own. Does not start it yet. */
export function peerServerProcess(options: {
	port: number;
	origin: string;
	secret: string;
	/** Where it listens. */
	host?: string;
	prefix?: string[];
}): PeerServerProcess {
	const { port, origin, secret, host = '127.0.0.1', prefix = [] } = options;
	const main = fileURLToPath(new URL('../../peer-server/main.ts', import.meta.url));
	let child: ChildProcess | null = null;
	return {
		async start() {
			const [command = process.execPath, ...words] = [...prefix, process.execPath];
			child = spawn(command, [...words, main], {
				stdio: ['ignore', 'pipe', 'inherit'],
				env: {
					...process.env,
					...{ PEER_PORT: String(port), PEER_HOST: host },
					...{ ORIGIN: origin, PEERLEARN_SECRET: secret }
				}
			});
			if (child.stdout) await once(child.stdout, 'data');
		},
		async kill() {
			if (!child || child.exitCode !== null || child.signalCode !== null) return;
			const gone = once(child, 'exit');
			child.kill('SIGKILL');
			await gone;
		}
	};
}
