import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { hasTurnServer } from '../../scripts/turnServer.ts';
import { HUB_ADDRESS } from './ownNetwork.ts';

const PORT = 3478;
const TURN_SECRET = 'only-for-tests-turn-0123456789';
/** The shortest that the app allows, seconds. */
const TTL = 60;
/** The last that it says before it waits for people. */
const READY = 'Total General servers';

/** What the app has to be told, so that its people use this TURN server. */
export const TURN_ENV = {
	TURN_URLS: ['udp', 'tcp'].map((by) => `turn:${HUB_ADDRESS}:${PORT}?transport=${by}`).join(','),
	TURN_SECRET,
	TURN_TTL_SECONDS: String(TTL)
};

/** A real TURN server on the hub, which can be killed and started again. */
export interface Coturn {
	start(): Promise<void>;
	/** kill -9. */
	kill(): Promise<void>;
}

/** Why this machine cannot have one; null when it can. */
export function noCoturn(): string | null {
	return hasTurnServer() ? null : 'a TURN server (coturn, `turnserver`) is not installed';
}

/** `prefix`: words before the command, for the network it runs in. Does not start it yet. */
export function coturn(prefix: string[]): Coturn {
	const words = [
		...['-n', `--listening-ip=${HUB_ADDRESS}`, `--relay-ip=${HUB_ADDRESS}`, `--listening-port=${PORT}`],
		...['--min-port=49160', '--max-port=49259', '--realm=room.test', '--fingerprint'],
		...['--use-auth-secret', `--static-auth-secret=${TURN_SECRET}`],
		...['--no-tls', '--no-dtls', '--no-cli', '--log-file=stdout', '--simple-log', '--pidfile=/dev/null']
	];
	let child: ChildProcess | null = null;
	return {
		async start() {
			const [command = '', ...rest] = [...prefix, 'turnserver', ...words];
			const started = spawn(command, rest, { stdio: ['ignore', 'pipe', 'ignore'] });
			child = started;
			await new Promise<void>((done, fail) => {
				let output = '';
				started.stdout.on('data', (data: Buffer) => {
					output += data.toString();
					if (output.includes(READY)) done();
				});
				started.once('exit', () => fail(new Error(`No TURN server:\n${output}`)));
			});
		},
		async kill() {
			if (!child || child.exitCode !== null || child.signalCode !== null) return;
			const gone = once(child, 'exit');
			child.kill('SIGKILL');
			await gone;
		}
	};
}
