import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { RoomEvent } from '../../src/lib/shared/roomEvents.ts';
import type { Visitor } from './crashingServer.ts';

/** A raw socket that follows a room's log and can stop reading without hanging up. */
export interface StuckReader {
	/** What came in, over all its connections. */
	log: LogDigest;
	isOpen(): boolean;
	/** Reads nothing any more. `chatty`: still sends pings, so that it looks alive. */
	freeze(options: { chatty: boolean }): void;
	/** Reads again; resolves when the end of the connection was found. */
	thaw(): Promise<void>;
	/** Connects again and goes on after the last entry. */
	resume(): Promise<void>;
	close(): void;
}

/** Stands for a log that is too long to be kept many times over. */
export interface LogDigest {
	add(entries: readonly RoomEvent[]): void;
	count(): number;
	/** The same for the same entries in the same order. */
	value(): string;
}

export function createLogDigest(): LogDigest {
	const hash = createHash('sha256');
	let count = 0;
	return {
		add(entries) {
			count += entries.length;
			for (const entry of entries) hash.update(JSON.stringify(entry));
		},
		count: () => count,
		value: () => hash.copy().digest('hex')
	};
}

export async function openStuckReader(url: string, who: Visitor, roomCode: string): Promise<StuckReader> {
	const log = createLogDigest();
	let lastEventId: string | null = null;
	let pinging: ReturnType<typeof setInterval> | undefined;
	let socket: WebSocket;

	async function connect(): Promise<void> {
		socket = new WebSocket(`${url.replace('http', 'ws')}/trpc?connectionParams=1`, {
			headers: { origin: url, cookie: who.cookie }
		});
		socket.on('error', () => undefined);
		socket.on('message', (data) => {
			const text = data.toString();
			if (text === 'PING') return socket.send('PONG');
			if (text === 'PONG') return;
			const { result } = JSON.parse(text) as { result?: { id?: string; data?: { data: RoomEvent[] } } };
			if (!result?.id || !result.data) return;
			lastEventId = result.id;
			log.add(result.data.data);
		});
		await once(socket, 'open');
		socket.send(JSON.stringify({ method: 'connectionParams', data: { csrf: who.csrf } }));
		const params = { path: 'room.log', input: { roomCode }, ...(lastEventId ? { lastEventId } : {}) };
		socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription', params }));
	}
	await connect();

	return {
		log,
		isOpen: () => socket.readyState === WebSocket.OPEN,
		freeze({ chatty }) {
			socket.pause();
			if (chatty) pinging = setInterval(() => socket.send('PING', () => undefined), 500);
		},
		async thaw() {
			clearInterval(pinging);
			const closed = socket.readyState === WebSocket.CLOSED ? null : once(socket, 'close');
			socket.resume();
			await closed;
		},
		resume: connect,
		close() {
			clearInterval(pinging);
			socket.terminate();
		}
	};
}
