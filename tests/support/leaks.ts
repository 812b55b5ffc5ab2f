import type { Store } from '../../src/lib/server/db/store.ts';

/** What a log must never have in it, whoever it is about (spec S7). Places in the program are looked at for planted texts only. */
const NEVER: [what: string, pattern: RegExp][] = [
	['a login', /peerlearn_login/i],
	['an address', /[\w.+-]+@[\w-]+\.[\w.-]+/],
	['a session description', /\bv=0\b|\ba=[a-z]+[:\\]|ice-(ufrag|pwd)|sha-256 [\dA-F]{2}:/i],
	['a candidate', /candidate:|\btyp (host|srflx|prflx|relay)\b/],
	['a hashed password', /\$argon2id\$/],
	[
		'a path',
		/\/(sessions?|reset|verify|invitation|book|people|outbox|calendar\/feed)\/(?![[_]|new\b|conflicts\b)[\w~.-]/
	],
	// Ids of requests and sockets are UUIDs, ids of mails are shorter, codes of errors are written in capitals.
	[
		'a token',
		/(?<![\w-])(?![\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-]))(?![A-Z\d_]+(?![\w-]))(?=[A-Za-z_-]*\d)[\w-]{24,}|[A-Za-z\d+/]{27}=/
	]
];

/** Whatever must not be in what a server said: one line each, saying what it is. */
export function leaksIn(said: string, secrets: Iterable<string>): string[] {
	const leaks: string[] = [];
	for (const line of said.split('\n')) {
		const words = line.replace(/"frames":\[[^\]]*\]/g, '').replace(/^\s+at .*/, '');
		for (const [what, pattern] of NEVER) if (pattern.test(words)) leaks.push(`${what}: ${line}`);
	}
	for (const secret of secrets) {
		const written = JSON.stringify(secret).slice(1, -1);
		const found = [secret, written].find((text) => said.includes(text));
		if (found !== undefined) leaks.push(`what somebody wrote, or an id: ${found.slice(0, 80)}`);
	}
	return leaks;
}

/** Columns that say what a log may say too: what went wrong, in words. */
const SAID_ANYWAY: Record<string, string[]> = { jobs: ['lastError'] };
/** Very many rows, of which texts count and ids do not. */
const TEXTS_ONLY = ['boardElements', 'boardFiles'];

/** All that people wrote, their addresses, and all ids and codes, as they stand in the database. */
export async function secretsIn({ tables, db }: Store): Promise<Set<string>> {
	const secrets = new Set<string>();
	for (const [name, table] of Object.entries(tables)) {
		const rows = (await db.select().from(table)) as Record<string, unknown>[];
		for (const row of rows)
			for (const [column, value] of Object.entries(row))
				if (!SAID_ANYWAY[name]?.includes(column)) collect(value, TEXTS_ONLY.includes(name), secrets);
	}
	for (const { id } of await db.select({ id: tables.mails.id }).from(tables.mails)) secrets.delete(id);
	return secrets;
}

/** Single words are left out: “second” is no secret. */
function collect(value: unknown, textsOnly: boolean, into: Set<string>): void {
	if (Array.isArray(value)) for (const part of value) collect(part, textsOnly, into);
	else if (typeof value === 'object' && value !== null && !(value instanceof Date))
		// A mail is named by its id, which is no key to anything; its job is there for longer than the mail.
		for (const [key, part] of Object.entries(value)) if (key !== 'mailId') collect(part, textsOnly, into);
	if (typeof value !== 'string' || value.length < 8) return;
	if (/[\s@]/.test(value.trim()) || (!textsOnly && /\d/.test(value) && /[a-z]/i.test(value)))
		into.add(value.trim());
}
