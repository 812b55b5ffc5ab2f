import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What somebody who is signed in does far too often. */
export interface Flood {
	kind: 'messages' | 'pointers' | 'lists' | 'sockets' | 'passwords' | 'codes';
	url: string;
	cookie: string;
	csrf: string;
	roomCode: string;
	/** Theirs, in that room. */
	seatId: string;
	/** The account whose password is guessed. */
	email: string;
}

export interface FloodTally {
	sent: number;
	done: number;
	refused: number;
	/** Connections that the server ended or did not take. */
	thrownOut: number;
	/** Close codes or statuses, each with how often. */
	codes: Record<string, number>;
}

/** Begins a flood in a process of its own. `stop` ends it and says what came of it. */
export async function startFlood(flood: Flood): Promise<{ stop(): Promise<FloodTally> }> {
	const program = fileURLToPath(new URL('floodProcess.ts', import.meta.url));
	const child = spawn(process.execPath, [program, JSON.stringify(flood)], {
		stdio: ['pipe', 'pipe', 'inherit']
	});
	let output = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	const exited = once(child, 'exit');
	await Promise.race([once(child.stdout, 'data'), exited]);
	return {
		async stop() {
			child.stdin.write('stop\n');
			await exited;
			return JSON.parse(output.split('\n')[1] ?? 'null') as FloodTally;
		}
	};
}
