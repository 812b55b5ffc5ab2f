import { WebSocket } from 'ws';
import { createId } from '../../src/lib/server/ids.ts';

/** Where the fan-out comes from, and who listens. */
export type Source =
	| { kind: 'room'; origin: string; roomCode: string; people: { cookie: string; csrf: string }[] }
	/** `frameBytes`: how long each frame is made, to equal what the room sends. */
	| { kind: 'bare'; port: number; people: number; frameBytes: number };

/** One connection that hears everything and can say something to all. */
export interface Follower {
	say(text: string): void;
	close(): void;
}

/** Marks our own frames among greetings and acknowledgements, and says when they were sent. */
const MARK = '@bench@';
/** A chat message of a few sentences. */
const TEXT_LENGTH = 240;

/** A text that carries its moment of sending, ms of `performance.now()`. */
export function textOf(sentAt: number): string {
	return `${MARK}${sentAt.toFixed(3)}@`.padEnd(TEXT_LENGTH, '.');
}

/** When the messages in this frame were sent; none when it is none of ours. Cheap: hundreds share one process. */
export function sentTimesOf(frame: Buffer): number[] {
	const times: number[] = [];
	for (let at = frame.indexOf(MARK); at >= 0; at = frame.indexOf(MARK, at + MARK.length)) {
		const start = at + MARK.length;
		times.push(Number(frame.toString('latin1', start, frame.indexOf('@', start))));
	}
	return times;
}

/** Connects everybody, some at a time; resolves when each is listening. */
export async function connectAll(source: Source, onFrame: (frame: Buffer) => void): Promise<Follower[]> {
	const places = source.kind === 'room' ? source.people.length : source.people;
	const followers: Follower[] = [];
	while (followers.length < places) {
		const upTo = Math.min(places, followers.length + 25);
		const next = Array.from({ length: upTo - followers.length }, (_, nth) =>
			source.kind === 'room'
				? followRoom(source, source.people[followers.length + nth]!, onFrame)
				: followBare(source, onFrame)
		);
		followers.push(...(await Promise.all(next)));
	}
	return followers;
}

/** As a browser's tRPC client does it, without the client: what is measured is the server. */
function followRoom(
	{ origin, roomCode }: Source & { kind: 'room' },
	person: { cookie: string; csrf: string },
	onFrame: (frame: Buffer) => void
): Promise<Follower> {
	const url = `${origin.replace(/^http/, 'ws')}/trpc?connectionParams=1`;
	const headers = { cookie: person.cookie, origin };
	const socket = new WebSocket(url, { headers, perMessageDeflate: false });
	let lastId = 1;
	const ask = (method: string, path: string, input: object) =>
		socket.send(JSON.stringify({ id: lastId++, jsonrpc: '2.0', method, params: { path, input } }));
	return new Promise((done, fail) => {
		socket.on('open', () => {
			socket.send(JSON.stringify({ method: 'connectionParams', data: { csrf: person.csrf } }));
			ask('subscription', 'room.log', { roomCode });
		});
		socket.on('message', (data: Buffer) => {
			if (data.length === 4 && data.toString() === 'PING') return socket.send('PONG');
			if (data.includes('"error":')) fail(new Error(`The server refuses: ${data.toString()}`));
			if (data.includes('"type":"started"'))
				done({
					say: (text) => ask('mutation', 'room.say', { roomCode, clientId: createId(), text }),
					close: () => socket.terminate()
				});
			// The answer to the one who said it carries the text too; only the subscription counts.
			else if (data.includes('"type":"data"') && data.includes('"id":1,')) onFrame(data);
		});
		socket.on('error', fail);
		// A socket that the server closed would only be seen as messages that never come.
		socket.on('close', (code, reason) => {
			if (code !== 1006) throw new Error(`The server closed a socket with ${code} (${reason.toString()}).`);
		});
	});
}

function followBare(
	{ port, frameBytes }: Source & { kind: 'bare' },
	onFrame: (frame: Buffer) => void
): Promise<Follower> {
	const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
	socket.on('message', (data: Buffer) => onFrame(data));
	return new Promise((done, fail) => {
		socket.on('open', () =>
			done({
				say: (text) => socket.send(`{"text":"${text}"}`.padEnd(frameBytes)),
				close: () => socket.terminate()
			})
		);
		socket.on('error', fail);
	});
}
