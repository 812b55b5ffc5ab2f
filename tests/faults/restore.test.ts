import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { backUp, restore } from '../../scripts/backupFolder.ts';
import { configOf, planLesson, startCrashing } from '../support/crashingServer.ts';
import { openPage } from '../support/nodePage.ts';
import { between, measured, rounds } from '../support/rounds.ts';
import { startDemo } from '../support/startDemo.ts';
import { until } from '../support/until.ts';

function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'peerlearn-faults-'));
	onTestFinished(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

test.each([
	['is behind the pages', 0],
	['has grown past the pages before they are back', 40]
])('[K10] a restored backup that %s: they are told and have the log that holds now', async (_, more) => {
	const server = await startCrashing((desk) => planLesson(desk, 2));
	onTestFinished(server.close);
	const { roomCode, everybody } = server.planned;
	const [first, second, absent] = everybody;
	const pages = [first!, second!].map((person) => openPage(server.url, person, roomCode));
	onTestFinished(() => pages.forEach((page) => page.close()));
	const say = async (count: number) => {
		for (let i = 0; i < count; i += 1) pages[i % 2]!.outbox.say(`message ${i}`, Date.now());
		for (const page of pages) await until(() => expect(page.outbox.outbox()).toEqual([]));
	};
	for (const page of pages) await until(() => expect(page.people()).toHaveLength(2));
	await say(20);
	const target = join(folder(), 'backup');
	await backUp(configOf(server.dataDir), target);
	await say(10);
	for (const page of pages) await until(() => expect(page.entries).toHaveLength(32));
	await server.kill();

	// Said while the server is away, before anybody knows that it comes back older.
	pages[0]!.outbox.say('said while it was away', Date.now());
	server.dataDir = join(folder(), 'restored');
	await restore(configOf(server.dataDir), target);
	await server.atStore(async (store) => {
		// What somebody else said on the restored server before these pages came back.
		const { sessions, roomLog } = store.tables;
		const [session] = (await store.db.select().from(sessions)).filter((row) => row.roomCode === roomCode);
		for (let seq = session!.lastSeq + 1; seq <= 22 + more; seq += 1) {
			const text = `said meanwhile ${seq}`;
			const entry = { seq, clientId: `meanwhile-${seq}`, type: 'chat.message' as const, payload: { text } };
			await store.transact(function* (tx) {
				const row = { ...entry, sessionId: session!.id, at: new Date(), actorId: absent!.id };
				yield tx.insert(roomLog).values(row).returning({ seq: roomLog.seq });
				yield tx.update(sessions).set({ lastSeq: seq }).returning({ seq: sessions.lastSeq });
			});
		}
	});
	const opened = await server.start();
	for (const page of pages) {
		await until(() => expect(page.restored()).toBe(1));
		await until(() => expect(page.outbox.outbox()).toEqual([]));
	}
	const told = Date.now() - opened;
	const log = await server.log(roomCode);
	expect(log.map(({ seq }) => seq)).toEqual(log.map((_entry, i) => i + 1));
	for (const page of pages) {
		await until(() => expect(page.entries).toEqual(log));
		expect(page.chat()).toEqual(log.filter(({ type }) => type === 'chat.message'));
	}
	expect(log.at(-1)?.payload).toEqual({ text: 'said while it was away' });
	measured(`[K10] pages told and caught up after a restored backup (${more} newer entries)`, 'ms', told, '');
	expect(server.output()).toBe('');
});

/** Enough to be killed in between. */
const ROWS = 50_000;

/** A copy of our migrations with one more, which takes a while. */
function migrationsWithSlowOne(): string {
	const target = join(folder(), 'drizzle');
	cpSync('drizzle/sqlite', join(target, 'sqlite'), { recursive: true });
	const journalFile = join(target, 'sqlite/meta/_journal.json');
	const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: Record<string, unknown>[] };
	const last = journal.entries.at(-1)!;
	const tag = '9999_slow';
	const next = { ...last, idx: journal.entries.length, when: Number(last.when) + 1, tag };
	writeFileSync(journalFile, JSON.stringify({ ...journal, entries: [...journal.entries, next] }));
	writeFileSync(
		join(target, 'sqlite', `${tag}.sql`),
		[
			'ALTER TABLE users ADD COLUMN slow integer;',
			'CREATE TABLE slow (n integer PRIMARY KEY, text text NOT NULL);',
			`INSERT INTO slow WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${ROWS})
				SELECT n, hex(randomblob(40)) FROM c;`,
			'CREATE INDEX slow_text ON slow (text);'
		].join('\n--> statement-breakpoint\n')
	);
	return target;
}

async function migrate(database: string, migrations: string): Promise<ChildProcess> {
	const file = fileURLToPath(new URL('../support/migrateProcess.ts', import.meta.url));
	const child = spawn(process.execPath, [file, database, migrations], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child.stdout!, 'data');
	return child;
}

test('[K10] a migration that is killed is done wholly or not at all, and the next start completes it', async () => {
	const migrations = migrationsWithSlowOne();
	let cutShort = 0;
	const whole = join(folder(), 'whole.sqlite');
	const began = Date.now();
	await once(await migrate(whole, migrations), 'exit');
	const takes = Date.now() - began;
	for (let round = 0; round < rounds(1, 20); round += 1) {
		const database = join(folder(), 'data.sqlite');
		const child = await migrate(database, migrations);
		const exited = once(child, 'exit');
		await delay(between(0, takes));
		child.kill('SIGKILL');
		await exited;

		const db = new BetterSqlite(database, { readonly: true });
		const tables = db.prepare(`select name from sqlite_master where type = 'table'`).pluck().all();
		if (!tables.includes('slow')) cutShort += 1;
		else expect(db.prepare('select count(*) from slow').pluck().get()).toBe(ROWS);
		db.close();

		await once(await migrate(database, migrations), 'exit');
		const after = new BetterSqlite(database, { readonly: true });
		expect(after.prepare('select count(*) from slow').pluck().get()).toBe(ROWS);
		expect(after.prepare('pragma integrity_check').pluck().get()).toBe('ok');
		const applied = after.prepare('select count(*) from __drizzle_migrations').pluck().get();
		expect(applied).toBe(new Set(after.prepare('select hash from __drizzle_migrations').pluck().all()).size);
		after.close();
	}
	measured('[K10] migrations that were really cut short', '', cutShort, '> 0 in the soak');
	expect(cutShort).toBeGreaterThanOrEqual(rounds(0, 1));
});

test('[K10] a server that is killed during its very first start starts the next time', async () => {
	const file = fileURLToPath(new URL('../support/demoProcess.ts', import.meta.url));
	for (let round = 0; round < rounds(1, 10); round += 1) {
		const dataDir = join(folder(), 'data');
		mkdirSync(dataDir, { recursive: true });
		const options = JSON.stringify({ startsIn: 1, minutes: 60, dataDir, port: 0 });
		const child = spawn(process.execPath, [file, options], { stdio: ['ignore', 'pipe', 'inherit'] });
		const exited = once(child, 'exit');
		const ready = once(child.stdout, 'data');
		await Promise.race([delay(between(200, 2_500)), ready]);
		child.kill('SIGKILL');
		await exited;

		const server = await startDemo({ dataDir });
		onTestFinished(server.kill);
		expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
		const form = new URLSearchParams({ email: 'maya@peerlearn.test', password: 'learn-together' });
		const headers = { origin: server.url, accept: 'text/html' };
		const answer = await fetch(`${server.url}/login`, {
			method: 'POST',
			body: form,
			headers,
			redirect: 'manual'
		});
		expect(answer.status).toBe(303);
		expect(readFileSync(join(dataDir, 'secret'), 'utf8').trim().length).toBeGreaterThan(32);
		expect(await server.stop()).toBe(0);
	}
});
