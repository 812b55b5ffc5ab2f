import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { createHashQueue } from './hashQueue.ts';

/** OWASP's second recommended setting: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const TAG_BYTES = 32;

const derive = promisify(argon2);

/**
 * One line for the whole process, because memory and cores are the process's: each hash takes 19 MiB and a core for some
 * 50 ms. Never all four threads that Node has for such work: files are read on them too. Who would wait for many seconds is
 * told to come again.
 */
const queue = createHashQueue({ parallel: Math.min(availableParallelism(), 3), most: 200 });

/** How many passwords wait to be hashed or looked at. */
export const passwordsWaiting = queue.waiting;

/** The PHC string (`$argon2id$v=19$m=…,t=…,p=1$salt$hash`) of a password. @throws Refusal `too-many` */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const tag = await argon2id(password, salt, MEMORY_KIB, PASSES);
	return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${base64(salt)}$${base64(tag)}`;
}

/** Whether the password belongs to the PHC string; false for a string of another kind. @throws Refusal `too-many` */
export async function verifyPassword(phc: string, password: string): Promise<boolean> {
	const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc);
	if (!match) return false;
	const [, memory, passes, salt, tag] = match;
	const expected = Buffer.from(tag!, 'base64');
	const actual = await argon2id(password, Buffer.from(salt!, 'base64'), Number(memory), Number(passes));
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function argon2id(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
	return queue.run(() =>
		derive('argon2id', {
			// The same letters typed on two systems may differ in bytes; NFKC makes them one (RFC 8265).
			message: password.normalize('NFKC'),
			nonce,
			parallelism: 1,
			tagLength: TAG_BYTES,
			memory,
			passes
		})
	);
}

function base64(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}
