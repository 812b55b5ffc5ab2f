import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A server of the bench in a process of its own. */
export interface Child {
	pid: number;
	/** By SIGTERM, unless told otherwise; resolves when it is gone. */
	stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts `scripts/bench/<file>`, which says by a message on which port it listens. `prefix`: words before the command,
 * for a network of its own; there it listens on all addresses.
 */
export async function startServer(file: string, prefix: string[] = []): Promise<Child & { port: number }> {
	const process = spawn(
		join(import.meta.dirname, file),
		prefix.length > 0 ? { HOST: '0.0.0.0' } : {},
		prefix
	);
	const port = await firstMessage<number>(process, file);
	return { ...asChild(process), port };
}

/** Runs `scripts/bench/<file>` with one message as its task; resolves with the message it answers. */
export async function runTask<Answer>(file: string, task: unknown): Promise<Answer> {
	const process = spawn(join(import.meta.dirname, file), {});
	process.send(task as object);
	try {
		return await firstMessage<Answer>(process, file);
	} finally {
		await asChild(process).stop();
	}
}

/** Node, with the environment plus `env`. What it writes to stderr is shown, its stdout is not. */
export function spawn(file: string, env: Record<string, string>, prefix: string[] = []): ChildProcess {
	const [command = process.execPath, ...words] = [...prefix, process.execPath];
	return fork(file, [], {
		...{ execPath: command, execArgv: words },
		env: { ...process.env, ...env },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		serialization: 'advanced'
	});
}

export function asChild(process: ChildProcess): Child {
	return {
		pid: process.pid!,
		async stop(signal = 'SIGTERM') {
			if (process.exitCode !== null || process.signalCode !== null) return;
			const gone = once(process, 'exit');
			process.kill(signal);
			const force = setTimeout(() => process.kill('SIGKILL'), 10_000);
			await gone;
			clearTimeout(force);
		}
	};
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}

/** Tries until something listens on this machine; answers when it did, ms since the epoch. */
export async function portOpens(port: number): Promise<number> {
	for (;;) {
		const open = await new Promise<boolean>((done) => {
			const socket = connect({ port, host: '127.0.0.1' });
			socket.on('connect', () => done(true)).on('error', () => done(false));
			socket.on('connect', () => socket.destroy());
		});
		if (open) return Date.now();
		await delay(5);
	}
}

async function firstMessage<T>(process: ChildProcess, file: string): Promise<T> {
	return new Promise<T>((done, fail) => {
		process.once('message', (message) => done(message as T));
		process.once('error', fail);
		process.once('exit', (code, signal) => fail(new Error(`${file} ended early (${code ?? signal}).`)));
	});
}
