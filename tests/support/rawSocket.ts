import { connect } from 'node:net';

/** A WebSocket of which every byte is ours: for what no library would send. */
export interface RawSocket {
	write(bytes: Uint8Array): void;
	/** Texts that came, the server's own PINGs left out. */
	texts: string[];
	/** Resolves with the first text for which this is true; never when the connection ends before. */
	text(fits: (text: string) => boolean): Promise<string>;
	isOpen(): boolean;
	/** How the server ended it: a close code; null for an end without one. */
	closed: Promise<number | null>;
	/** Ends it without a goodbye. */
	reset(): void;
}

export interface RawFrame {
	/** RFC 6455, 5.2: 1 text, 2 binary, 8 close, 9 ping. */
	opcode?: number;
	payload?: Uint8Array | string;
	isLast?: boolean;
	/** The three reserved bits. */
	reserved?: number;
	isMasked?: boolean;
	/** As it is announced, where that is not the truth. */
	length?: number;
}

/** A frame as a client sends it; the mask is all zeros, so that what is masked stays readable. */
export function rawFrame(given: RawFrame): Buffer {
	const { opcode = 1, isLast = true, reserved = 0, isMasked = true } = given;
	const payload = Buffer.from(given.payload ?? '');
	const length = given.length ?? payload.length;
	const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
	const mask = isMasked ? 0x80 : 0;
	const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
	head[0] = first;
	head[1] = mask | (length < 126 ? length : length < 65_536 ? 126 : 127);
	if (head.length === 4) head.writeUInt16BE(length, 2);
	if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
	return Buffer.concat([head, Buffer.alloc(isMasked ? 4 : 0), payload]);
}

/** The head of an upgrade request; parts of it may be sent alone. */
export function upgradeRequest(url: string, path: string, headers: Record<string, string> = {}): string {
	const { host } = new URL(url);
	const all = {
		...{ Host: host, Connection: 'Upgrade', Upgrade: 'websocket', Origin: url },
		...{ 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' },
		...headers
	};
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** Opens one and resolves after the handshake; rejects when it is refused. */
export async function openRawSocket(
	url: string,
	path: string,
	headers: Record<string, string> = {}
): Promise<RawSocket> {
	const { port } = new URL(url);
	const socket = connect(Number(port), '127.0.0.1');
	socket.setNoDelay(true).on('error', () => undefined);
	const texts: string[] = [];
	const waiting = new Set<{ fits: (text: string) => boolean; done: (text: string) => void }>();
	let code: number | null = null;
	let arrived = Buffer.alloc(0);
	let isOpen = false;
	const closed = new Promise<number | null>((done) =>
		socket.once('close', () => {
			isOpen = false;
			done(code);
		})
	);

	function take(opcode: number, payload: Buffer): void {
		if (opcode === 9) socket.write(rawFrame({ opcode: 10, payload }));
		if (opcode === 8) {
			code = payload.length > 1 ? payload.readUInt16BE(0) : null;
			socket.end(rawFrame({ opcode: 8, payload: payload.subarray(0, 2) }));
		}
		const text = payload.toString();
		if (opcode !== 1 || text === 'PING') return;
		texts.push(text);
		for (const each of waiting) {
			if (!each.fits(text)) continue;
			waiting.delete(each);
			each.done(text);
		}
	}
	/** Whole frames only; the server's have no mask. */
	function read(): void {
		while (arrived.length >= 2) {
			const short = arrived[1]! & 0x7f;
			const head = short < 126 ? 2 : short === 126 ? 4 : 10;
			if (arrived.length < head) return;
			const length =
				head === 2 ? short : head === 4 ? arrived.readUInt16BE(2) : Number(arrived.readBigUInt64BE(2));
			if (arrived.length < head + length) return;
			const [first, payload] = [arrived[0]!, arrived.subarray(head, head + length)];
			arrived = arrived.subarray(head + length);
			take(first & 0x0f, payload);
		}
	}
	await new Promise<void>((done, fail) => {
		socket.once('close', () => fail(new Error(`The handshake was refused: ${arrived.toString()}`)));
		socket.on('data', (data) => {
			arrived = Buffer.concat([arrived, data]);
			if (isOpen) return read();
			const end = arrived.indexOf('\r\n\r\n');
			if (end < 0 || !arrived.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) return;
			arrived = arrived.subarray(end + 4);
			isOpen = true;
			done();
			read();
		});
		socket.write(upgradeRequest(url, path, headers));
	});

	return {
		write: (bytes) => void socket.write(bytes),
		texts,
		text: (fits) =>
			new Promise((done) => {
				const known = texts.find(fits);
				if (known === undefined) waiting.add({ fits, done });
				else done(known);
			}),
		isOpen: () => isOpen,
		closed,
		reset: () => void socket.resetAndDestroy()
	};
}
