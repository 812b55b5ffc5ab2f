import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

const MAGIC_COOKIE = Buffer.from('2112a442', 'hex');
const METHOD = { allocate: 0x003, createPermission: 0x008 };
const ATTRIBUTE = {
	username: 0x0006,
	messageIntegrity: 0x0008,
	errorCode: 0x0009,
	xorPeerAddress: 0x0012,
	realm: 0x0014,
	nonce: 0x0015,
	requestedAddressFamily: 0x0017,
	requestedTransport: 0x0019
};
const UDP = 17;
const ANSWER_MS = 5_000;

type Attribute = [kind: number, value: Buffer];
/** `code` is null for success. */
interface Answer {
	code: number | null;
	attributes: Map<number, Buffer>;
}

/** Somebody with credentials who tries to be relayed to places of their choice (RFC 8656 over RFC 8489). */
export interface TurnClient {
	/** Asks that packets may go to this address: null when it may be, else the error's code. */
	permit(address: string): Promise<number | null>;
	close(): void;
}

/** @throws when no relay address of this family is given out */
export async function openTurnClient(
	server: { address: string; port: number },
	{ username, credential }: { username: string; credential: string },
	family: 4 | 6
): Promise<TurnClient> {
	const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
	let proof: { realm: Buffer; nonce: Buffer } | null = null;

	async function ask(method: number, given: Attribute[]): Promise<Answer> {
		const proven: Attribute[] = proof
			? [
					[ATTRIBUTE.username, Buffer.from(username)],
					[ATTRIBUTE.realm, proof.realm],
					[ATTRIBUTE.nonce, proof.nonce]
				]
			: [];
		const request = encode(method, [...given, ...proven], proof && keyOf(username, proof.realm, credential));
		socket.send(request, server.port, server.address);
		const [bytes] = (await once(socket, 'message', { signal: AbortSignal.timeout(ANSWER_MS) })) as [Buffer];
		return decode(bytes);
	}

	const wanted: Attribute[] = [[ATTRIBUTE.requestedTransport, Buffer.from([UDP, 0, 0, 0])]];
	if (family === 6) wanted.push([ATTRIBUTE.requestedAddressFamily, Buffer.from([2, 0, 0, 0])]);
	const challenge = await ask(METHOD.allocate, wanted);
	const [realm, nonce] = [ATTRIBUTE.realm, ATTRIBUTE.nonce].map((kind) => challenge.attributes.get(kind));
	if (!realm || !nonce) throw new Error(`No challenge, but ${challenge.code}`);
	proof = { realm, nonce };
	const allocated = await ask(METHOD.allocate, wanted);
	if (allocated.code !== null) throw new Error(`No relay address: ${allocated.code}`);

	return {
		permit: async (address) =>
			(await ask(METHOD.createPermission, [[ATTRIBUTE.xorPeerAddress, xorAddress(address)]])).code,
		close: () => socket.close()
	};
}

function keyOf(username: string, realm: Buffer, credential: string): Buffer {
	return createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest();
}

/** The id of every transaction of this client: an IPv6 address is hidden with it too. */
const TRANSACTION = randomBytes(12);

function encode(method: number, attributes: Attribute[], key: Buffer | null): Buffer {
	const body = Buffer.concat(attributes.map(([kind, value]) => encodeAttribute(kind, value)));
	if (!key) return Buffer.concat([head(method, body.length), body]);
	// The length that is signed counts the signature itself.
	const signed = Buffer.concat([head(method, body.length + 24), body]);
	const signature = createHmac('sha1', key).update(signed).digest();
	return Buffer.concat([signed, encodeAttribute(ATTRIBUTE.messageIntegrity, signature)]);
}

function head(method: number, length: number): Buffer {
	const numbers = Buffer.alloc(4);
	numbers.writeUInt16BE(method);
	numbers.writeUInt16BE(length, 2);
	return Buffer.concat([numbers, MAGIC_COOKIE, TRANSACTION]);
}

function encodeAttribute(kind: number, value: Buffer): Buffer {
	const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
	padded.writeUInt16BE(kind);
	padded.writeUInt16BE(value.length, 2);
	value.copy(padded, 4);
	return padded;
}

function decode(bytes: Buffer): Answer {
	const attributes = new Map<number, Buffer>();
	for (let at = 20; at + 4 <= bytes.length;) {
		const length = bytes.readUInt16BE(at + 2);
		attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
		at += 4 + Math.ceil(length / 4) * 4;
	}
	const error = attributes.get(ATTRIBUTE.errorCode);
	return { code: error ? error[2]! * 100 + error[3]! : null, attributes };
}

function xorAddress(address: string): Buffer {
	const [family, bytes] = isIPv6(address)
		? [2, ipv6(address)]
		: [1, Buffer.from(address.split('.').map(Number))];
	const mask = Buffer.concat([MAGIC_COOKIE, TRANSACTION]);
	const hidden = bytes.map((byte, at) => byte ^ mask[at]!);
	const port = Buffer.from([(4_000 >> 8) ^ MAGIC_COOKIE[0]!, (4_000 & 255) ^ MAGIC_COOKIE[1]!]);
	return Buffer.concat([Buffer.from([0, family as number]), port, hidden]);
}

function ipv6(address: string): Buffer {
	const [before = '', after = ''] = address.split('::');
	const groups = (part: string) => (part === '' ? [] : part.split(':'));
	const [left, right] = [groups(before), groups(after)];
	const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
	return Buffer.from([...left, ...zeros, ...right].map((group) => group.padStart(4, '0')).join(''), 'hex');
}
