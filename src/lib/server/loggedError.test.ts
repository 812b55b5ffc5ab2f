import { DrizzleQueryError } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loggedError } from './loggedError.ts';

/** Stands for whatever must not be in a log. */
const SECRET = 'pl4nted-Secret-Zq9';

/** What errors of databases, servers, parsers and libraries look like, with something in them that people wrote. */
function errorsWith(secret: string): Error[] {
	const postgres = Object.assign(new Error(`invalid input syntax for type integer: "${secret}"`), {
		...{ name: 'PostgresError', code: '22P02', detail: `Key (email)=(${secret}) already exists.` },
		...{ parameters: [secret], query: `select '${secret}'`, constraint_name: 'users_email_unique' }
	});
	return [
		postgres,
		new Error(`duplicate key value: Key (email)=(${secret}) already exists.`),
		new DrizzleQueryError('insert into "users" ("id", "name") values (?, ?)', ['id', secret], postgres),
		new DrizzleQueryError(`select * from users where name = '${secret.replaceAll("'", "''")}'`, [], postgres),
		new Error('The mail was refused', { cause: new Error(`no mailbox ${secret}@people.test here`) }),
		new Error(`connect ECONNREFUSED postgres://admin:${encodeURIComponent(secret)}@db.test/peerlearn`),
		new Error(`GET https://learn.example.org/reset/${encodeURIComponent(secret)} failed`),
		new SyntaxError(`Unexpected token 'p', "${secret.slice(0, 40)}"... is not valid JSON`),
		new Error(`Failed to set remote offer: v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\na=ice-pwd:${secret}`),
		new Error(`candidate:1 1 udp 2113937151 ${secret} 50000 typ host`),
		new Error(`Bad header authorization: Bearer ${secret}`)
	];
}

test('[S7] a kind, a code, a constraint and places in the program are kept of an error, also of its causes', () => {
	const [postgres, , query] = errorsWith(SECRET);
	const kept = loggedError(query);
	expect(kept).toMatchObject({
		type: 'Error',
		message: 'Failed query: insert into "users" ("id", "name") values (?, ?)',
		cause: {
			type: 'PostgresError',
			message: 'invalid input syntax for type integer: “…”',
			code: '22P02',
			constraint: 'users_email_unique'
		}
	});
	expect(kept.frames?.[0]).toMatch(/^at errorsWith \(.*loggedError\.test\.ts:\d+:\d+\)$/);
	expect(loggedError(new TypeError("Cannot read properties of undefined (reading 'roomCode')")).message).toBe(
		"Cannot read properties of undefined (reading 'roomCode')"
	);
	expect(loggedError(postgres).cause).toBeUndefined();
});

test('[S7] nothing of what people, databases and other servers put into errors is', () => {
	for (const error of errorsWith(SECRET))
		expect(JSON.stringify(loggedError(error)), error.message).not.toContain(SECRET);
	expect(JSON.stringify(loggedError(SECRET))).not.toContain(SECRET);
	expect(JSON.stringify(loggedError({ message: SECRET }))).not.toContain(SECRET);
});

test('[S7] whatever the secret is made of', () => {
	// Quotes within a quoted text are where a reader of messages loses its place; what stands before the first one is gone.
	const secret = fc
		.string({ unit: fc.constantFrom('a', 'Z', '7', '-', '_', 'é', '中'), minLength: 6, maxLength: 60 })
		.map((text) => `x9${text}`);
	fc.assert(
		fc.property(secret, (text) => {
			for (const error of errorsWith(text)) expect(JSON.stringify(loggedError(error))).not.toContain(text);
		}),
		{ numRuns: 200 }
	);
});

test('[S7] a message that looks like places in a program is none', () => {
	const error = new Error(`x\n    at ${SECRET} (/home/me/a.ts:1:2)`);
	expect(JSON.stringify(loggedError(error))).not.toContain(SECRET);
	// Where a library has changed the message afterwards, the stack still says the old one.
	const changed = new Error(`old "${SECRET}"`);
	changed.message = 'new';
	expect(JSON.stringify(loggedError(changed))).not.toContain(SECRET);
});

test('[S7] an error that is its own cause, and one of enormous length, end', () => {
	const endless = new Error('again');
	endless.cause = endless;
	expect(JSON.stringify(loggedError(endless)).length).toBeLessThan(10_000);
	for (const sign of ['"', '@', "'", 'a', '=(', '://'])
		expect(loggedError(new Error(sign.repeat(1_000_000))).message.length).toBeLessThan(400);
});
