import fc from 'fast-check';
import { rawFrame } from './rawSocket.ts';

/** One thing sent over a socket, and what may come of it. */
export interface HostileFrame {
	bytes: Buffer;
	/** `error`: an answer that says no, or the end. `close`: the end, with one of `codes`. `any`: whatever the server likes. */
	expects: 'error' | 'close' | 'any';
	codes: readonly number[];
}

/** Names that mean something to JavaScript. */
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length', '0'];
/** Texts that break what is not prepared for them. */
export const HOSTILE_TEXTS = [
	...NAMES,
	...[
		'',
		' ',
		'\0',
		'\ud800',
		'a\udfff',
		'\u202eabc',
		'x'.repeat(300),
		'x'.repeat(5_000),
		'\u0300'.repeat(200)
	],
	...[
		'9007199254740993',
		'-1',
		'1e999',
		'NaN',
		'null',
		'../../etc/passwd',
		"' OR 1=1 --",
		'{"a":1}',
		'\r\nX: y'
	],
	...['999999999999999.999999999999999', '0.0', '-0', '99999999999999999', '1.', '.1', '١٢']
];
export const HOSTILE_NUMBERS = [
	...[-1, 0.5, -0, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, 2 ** 31, 2 ** 63, 8.64e15 + 1, 1e-7],
	...[Number.NaN, Number.POSITIVE_INFINITY]
];

export const hostileText = fc.oneof(
	fc.constantFrom(...HOSTILE_TEXTS),
	fc.string({ unit: 'binary', maxLength: 80 }),
	fc.string({ maxLength: 20 })
);

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { a: value };
	return value;
}

/** Anything that JSON can say, the worst of it more often. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
	hostileText,
	fc.constantFrom<unknown>(null, true, false, undefined, [], {}, ...HOSTILE_NUMBERS),
	fc.double(),
	fc.jsonValue({ maxDepth: 3 }),
	fc.constantFrom(1, 50, 1_000).map(nested),
	fc.constantFrom(10, 5_000).map((length) => Array.from({ length }, (_, i) => i)),
	fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom<unknown>({}, 1, 'x', null), { maxKeys: 4 })
);

/** As JSON, with a key `__proto__` that is one. */
export function toJson(value: unknown): string {
	return JSON.stringify(value) ?? 'undefined';
}

const protoText = fc
	.constantFrom('{"__proto__":%}', '{"id":1,"__proto__":%}', '{"constructor":{"prototype":%}}')
	.map((shape) => shape.replace('%', '{"admin":true,"method":"query","params":{"path":"room.clock"}}'));
const text = (expects: HostileFrame['expects']) => (payload: string) => ({
	...{ bytes: rawFrame({ payload }), expects },
	codes: [1008, 1009]
});

/** Frames that any of our sockets must end: no browser sends them, and RFC 6455 says with which code. */
export const brokenFrames: fc.Arbitrary<HostileFrame> = fc.oneof(
	ends([1003], fc.uint8Array({ maxLength: 200 }), (payload) => ({ opcode: 2, payload })),
	ends(
		[1007],
		fc.constantFrom([0xff], [0xc0, 0x80], [0x7b, 0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]),
		(bytes) => ({
			payload: Uint8Array.from(bytes)
		})
	),
	ends([1009], fc.integer({ min: 64 * 1024 + 1, max: 20_000_000 }), (length) => ({ payload: '[', length })),
	ends([1009, 1002], fc.constantFrom(2 ** 32, 2 ** 52), (length) => ({ length })),
	ends([1002], fc.constantFrom(3, 4, 5, 6, 7, 11, 12, 13, 14, 15), (opcode) => ({ opcode, payload: 'x' })),
	ends([1002], fc.integer({ min: 1, max: 7 }), (reserved) => ({ reserved, payload: '{}' })),
	ends([1002], fc.string({ maxLength: 100 }), (payload) => ({ isMasked: false, payload })),
	ends([1002], fc.string({ maxLength: 100 }), (payload) => ({ opcode: 0, payload })),
	ends([1002], fc.integer({ min: 126, max: 400 }), (n) => ({ opcode: 9, payload: 'p'.repeat(n) })),
	ends([1002], fc.constantFrom(8, 9, 10), (opcode) => ({ opcode, isLast: false })),
	ends([1002], fc.constantFrom(0, 1, 999, 1004, 1005, 1006, 2_000, 65_535), (code) => ({
		...{ opcode: 8, payload: Uint8Array.from(code === 1 ? [3] : [code >> 8, code & 0xff]) }
	}))
);

function ends<T>(
	codes: number[],
	given: fc.Arbitrary<T>,
	frame: (value: T) => Parameters<typeof rawFrame>[0]
): fc.Arbitrary<HostileFrame> {
	return given.map((value) => ({ bytes: rawFrame(frame(value)), expects: 'close', codes }));
}

/** What is no message of tRPC, whatever it is. */
const noMessage = fc.oneof(
	fc
		.string({ unit: 'binary', maxLength: 100 })
		.filter((said) => said !== 'PING' && said !== 'PONG' && !isJson(said)),
	fc.constantFrom(
		'{',
		'[',
		'{"id":1',
		'[1,',
		'{"id":1}{"id":2}',
		'undefined',
		"{'id':1}",
		'\ufeff{}',
		'{}',
		'null'
	),
	fc.constantFrom(10, 1_000, 30_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
	fc.constantFrom(10, 1_000, 30_000).map((depth) => '['.repeat(depth)),
	fc.constantFrom(101, 5_000, 30_000).map((length) => `[${'0,'.repeat(length)}0]`),
	protoText,
	fc
		.record({
			id: fc.constantFrom<unknown>(true, {}, [], undefined, { a: 1 }),
			method: fc.constantFrom<unknown>('query', 'subscription', 'subscription.stop'),
			params: hostileValue
		})
		.map(toJson),
	fc
		.record({ id: fc.nat(), method: hostileValue, params: hostileValue })
		.filter(({ method }) => method !== 'subscription.stop')
		.map(toJson),
	fc
		.record({ id: fc.nat(), jsonrpc: fc.constantFrom('1.0', 2, null), method: fc.constant('query') })
		.map(toJson)
);

const anyId = fc.oneof(
	fc.nat(),
	fc.constantFrom<unknown>(...HOSTILE_NUMBERS),
	hostileText,
	fc.constant(null)
);

/** Everything malformed that can be said to the tRPC socket without breaking the protocol below it. */
export function hostileMessages(paths: readonly string[], roomCode: string): fc.Arbitrary<HostileFrame> {
	const method = fc.constantFrom('query', 'mutation', 'subscription');
	const unknownPath = fc.oneof(
		fc.constantFrom(
			...NAMES,
			'room',
			'room.',
			'.say',
			'room.__proto__',
			'room.say.call',
			'__proto__.polluted'
		),
		hostileText.filter((path) => !paths.includes(path))
	);
	const cursor = fc.oneof(
		hostileText,
		fc.nat().map(String),
		fc.nat().map((seq) => `${seq}.${seq}`)
	);
	const input = fc.oneof(
		hostileValue,
		fc.dictionary(fc.constantFrom('roomCode', 'seatId', 'clientId', 'text', 'after', 'seated'), hostileValue),
		fc.record({
			roomCode: fc.constant(roomCode),
			after: hostileValue,
			seatId: hostileValue,
			seated: hostileValue
		})
	);
	const call = (path: fc.Arbitrary<string>) =>
		fc
			.record({
				id: anyId,
				method,
				params: fc.record({ path, input, lastEventId: cursor }, { requiredKeys: ['path'] })
			})
			.map(toJson);
	const lost = fc.record({
		id: fc.nat(),
		method,
		params: fc.record({ path: unknownPath, input: hostileValue })
	});
	const wrongCursor = fc.record({
		id: fc.nat(),
		method: fc.constant('subscription'),
		params: fc.record({
			path: fc.constantFrom('room.log', 'board.follow', 'notifications.follow'),
			input: fc.constant({ roomCode }),
			lastEventId: cursor
		})
	});
	return fc
		.oneof(
			{ weight: 4, arbitrary: noMessage.map(text('error')) },
			{ weight: 2, arbitrary: lost.map(toJson).map(text('error')) },
			{ weight: 4, arbitrary: call(fc.constantFrom(...paths)).map(text('any')) },
			{ weight: 2, arbitrary: wrongCursor.map(toJson).map(text('any')) },
			{
				weight: 1,
				arbitrary: fc
					.array(call(fc.constantFrom(...paths)), { maxLength: 20 })
					.map((calls) => `[${calls.join(',')}]`)
					.map(text('any'))
			},
			{
				weight: 1,
				arbitrary: fc
					.tuple(noMessage, fc.integer({ min: 1, max: 20 }))
					.map(cut)
					.map((bytes) => ({ ...text('error')(''), bytes }))
			}
		)
		.filter(({ bytes }) => bytes.length < 64_000);
}

/** One message in several frames, with a ping between them. */
function cut([message, parts]: [string, number]): Buffer {
	const whole = Buffer.from(message);
	const size = Math.ceil(whole.length / parts) || 1;
	const frames: Buffer[] = [];
	for (let i = 0; i < parts; i += 1) {
		const payload = whole.subarray(i * size, (i + 1) * size);
		frames.push(rawFrame({ opcode: i === 0 ? 1 : 0, isLast: i === parts - 1, payload }));
		if (i === 0) frames.push(rawFrame({ opcode: 9, payload: 'still here' }));
	}
	return Buffer.concat(frames);
}

function isJson(said: string): boolean {
	try {
		JSON.parse(said);
		return true;
	} catch {
		return false;
	}
}
