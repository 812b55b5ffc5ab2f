import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Flood, FloodTally } from './flood.ts';
import { openRawSocket, rawFrame, type RawSocket } from './rawSocket.ts';

/*
 * Started by `startFlood`, told what to do as JSON: does far too much until it is told to stop, comes back at once whenever it
 * is thrown out, and answers with one line of JSON. A process of its own, so that it keeps nobody else from measuring.
 */
const flood = JSON.parse(process.argv[2] ?? 'null') as Flood;
const { url, cookie, csrf, roomCode, seatId } = flood;
const tally: FloodTally = { sent: 0, done: 0, refused: 0, thrownOut: 0, codes: {} };
let running = true;
process.stdin.once('data', () => (running = false));

/** Between two bursts, ms. */
const TICK = 10;

async function open(): Promise<RawSocket> {
	const socket = await openRawSocket(url, '/trpc?connectionParams=1', { Cookie: cookie });
	socket.write(rawFrame({ payload: JSON.stringify({ method: 'connectionParams', data: { csrf } }) }));
	return socket;
}

function count({ texts }: RawSocket): void {
	for (const text of texts.splice(0)) {
		if (text.includes('"error"')) tally.refused += 1;
		else if (text.includes('"result"')) tally.done += 1;
	}
}

/** So many calls a second, over one connection after the other. */
async function calls(
	perSecond: number,
	call: (id: number) => { path: string; input: unknown }
): Promise<void> {
	let id = 0;
	while (running) {
		const socket = await open().catch(() => null);
		if (!socket) {
			tally.thrownOut += 1;
			await delay(TICK);
			continue;
		}
		const method = flood.kind === 'codes' ? 'query' : 'mutation';
		let due = performance.now();
		while (running && socket.isOpen()) {
			for (; due < performance.now() && socket.isOpen(); due += 1_000 / perSecond) {
				id += 1;
				socket.write(rawFrame({ payload: JSON.stringify({ id, method, params: call(id) }) }));
				tally.sent += 1;
			}
			await delay(TICK);
			count(socket);
		}
		if (!socket.isOpen()) {
			tally.thrownOut += 1;
			const code = String(await socket.closed);
			tally.codes[code] = (tally.codes[code] ?? 0) + 1;
		}
		count(socket);
		socket.reset();
	}
}

/** Requests of pages, so many at a time. */
async function requests(lanes: number, ask: () => Promise<Response>): Promise<void> {
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			while (running) {
				const answer = await ask().catch(() => null);
				tally.sent += 1;
				if (!answer) continue;
				const text = await answer.text();
				const isRefused = answer.status === 429 || text.includes('Too many tries');
				if (isRefused) tally.refused += 1;
				else tally.done += 1;
				const code = String(answer.status);
				tally.codes[code] = (tally.codes[code] ?? 0) + 1;
			}
		})
	);
}

async function sockets(): Promise<void> {
	const held: RawSocket[] = [];
	while (running) {
		const opened = await Promise.allSettled(Array.from({ length: 100 - held.length }, open));
		tally.sent += opened.length;
		for (const each of opened) {
			if (each.status === 'fulfilled') held.push(each.value);
			else tally.refused += 1;
		}
		tally.done = Math.max(tally.done, held.length);
		await delay(TICK);
		// Some of them make way for others again and again.
		for (const socket of held.splice(0, 10)) socket.reset();
	}
}

const made = () => `${randomUUID().slice(0, 6)}-${randomUUID().slice(0, 6)}-${randomUUID().slice(0, 6)}`;
const FLOODS: Record<Flood['kind'], () => Promise<void>> = {
	messages: () =>
		calls(1_000, () => ({ path: 'room.say', input: { roomCode, clientId: randomUUID(), text: 'Flood' } })),
	pointers: () =>
		calls(10_000, (n) => ({
			path: 'board.draw',
			input: { roomCode, seatId, cursor: { pageId: 'p1', x: n % 900, y: n % 700, tool: 'pen' } }
		})),
	lists: () => calls(400, () => ({ path: `room.${'x'.repeat(60_000)}`, input: null })),
	sockets,
	passwords: () =>
		requests(8, () =>
			fetch(`${url}/login`, {
				method: 'POST',
				headers: { origin: url, accept: 'text/html' },
				body: new URLSearchParams({ email: flood.email, password: randomUUID() })
			})
		),
	codes: async () => {
		await Promise.all([
			calls(400, () => ({ path: 'room.state', input: { roomCode: made() } })),
			requests(2, () => fetch(`${url}/session/${made()}`, { headers: { cookie, accept: 'text/html' } }))
		]);
	}
};

process.stdout.write('begun\n');
await FLOODS[flood.kind]();
process.stdout.write(`${JSON.stringify(tally)}\n`, () => process.exit(0));
