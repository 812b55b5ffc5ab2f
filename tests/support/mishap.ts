import { fileURLToPath } from 'node:url';

/** Where a server kills itself (SIGKILL), told by the statements it gives to SQLite. Written as regular expressions. */
export interface KillPoint {
	/** Nothing counts before these statements were given, one after the other; the values follow each as JSON. */
	armedBy: string[];
	/** `COMMIT` is the end of a transaction. The last statement that armed counts too. */
	at: string;
	when: 'before' | 'after';
	/** So many matches pass first. */
	skip?: number;
}

/** What is wrong with a server's process from its start. */
export interface Mishap {
	killed?: KillPoint;
	/** How far its clock is ahead, ms, or behind where it is negative: what it would do then it does now. */
	clockAheadMs?: number;
}

/** The environment under which a server has it. */
export function mishapEnv(mishap: Mishap): Record<string, string> {
	const file = fileURLToPath(new URL('mishapProcess.ts', import.meta.url));
	return { NODE_OPTIONS: `--import ${file}`, PEERLEARN_MISHAP: JSON.stringify(mishap) };
}
