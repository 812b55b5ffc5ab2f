import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { run } from '../../src/lib/server/db/store.ts';
import { FROM, invitation, TO_LIAM } from '../../src/lib/server/mail/mailFixture.ts';
import type { NewMail } from '../../src/lib/server/mail/mailKinds.ts';
import { enqueueReminders } from '../../src/lib/server/mail/reminders.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { enqueueMails } from '../support/mailDesk.ts';
import { readCalendar, SmtpRefusal, startMailServer, type MailServer } from '../support/mailServer.ts';
import { quietPort } from '../support/quietPort.ts';
import { until } from '../support/until.ts';
import { cookieOf, postForm, request } from '../support/visitor.ts';
import { PASSWORD, startWorld, type World } from '../support/world.ts';

let mailServer: MailServer;
/** Sends its mails. */
let world: World;

beforeAll(async () => {
	mailServer = await startMailServer();
	world = await startWorld({ mail: { url: mailServer.url, from: FROM } });
});
afterAll(async () => {
	await world.close();
	await mailServer.close();
});

function mailTo(address: string): NewMail {
	return invitation({ uniqueKey: createId(), to: { ...TO_LIAM, userId: null, address } });
}

const mailsTo = (address: string) => mailServer.mails.filter(({ to_ }) => to_.includes(address));

test('[A3] the running server sends what a transaction made necessary, and forgets its secret', async () => {
	await enqueueMails(world.store, world.url, [mailTo('ada@people.test')]);
	await until(() => expect(mailsTo('ada@people.test')).toHaveLength(1));
	const { mails } = world.store.tables;
	await until(async () => {
		const rows = await world.store.db.select().from(mails);
		const row = rows.find(({ toAddress }) => toAddress === 'ada@people.test');
		expect(row?.sentAt).not.toBeNull();
		expect(JSON.stringify(row)).not.toContain('secret-token');
	});
	const [mail] = mailsTo('ada@people.test');
	expect(mail?.text).toContain(`${world.url}/invitation/secret-token`);
	expect(world.server.output()).not.toMatch(/ada@|secret-token/);
});

test('[A3] [S7] what the mail server refuses is told to an operator without naming anybody', async () => {
	mailServer.refuse.recipient = (address) =>
		address === 'gone@people.test' ? new SmtpRefusal(550, `<${address}> is not here`) : null;
	await enqueueMails(world.store, world.url, [mailTo('gone@people.test')]);
	const env = { PATH: process.env.PATH, DATA_DIR: world.server.dataDir };
	await until(async () => {
		const child = spawn(process.execPath, ['scripts/jobs.ts'], { env });
		onTestFinished(() => void child.kill('SIGKILL'));
		let output = '';
		child.stdout.on('data', (data: Buffer) => (output += data.toString()));
		await once(child, 'close');
		expect(output).toMatch(/Given up[^]*send-mail[^]*refused this mail for good: 550 <…> is not here/);
		expect(output).not.toContain('gone@');
	});
	expect(await (await fetch(`${world.url}/metrics`)).text()).toContain('peerlearn_mails_failed 1');
});

test('[A3] everybody is reminded of a session by mail and in their list', async () => {
	const lesson = await world.classroom({ startsIn: 603, title: 'Reminded lesson' });
	const session = await world.session(lesson);
	await world.store.transact((tx) => enqueueReminders(world.store, tx, session, Date.now()));
	const everybody = [lesson.mentor, ...lesson.learners];
	await until(() => {
		for (const { email } of everybody)
			expect(mailsTo(email).map(({ subject }) => subject)).toEqual(['Reminded lesson starts in 10 minutes']);
	});
	expect(mailsTo(lesson.mentor.email)[0]?.text).toContain(`${world.url}${lesson.path}`);
	for (const person of everybody)
		expect(await (await request(world.url, '/notifications', person)).text()).toContain(
			'starts in 10 minutes'
		);
});

test('[A1] whoever has not confirmed their address invites and books nobody, and is told what to do', async () => {
	const [mentor, learner] = [await world.person('mentor'), await world.person('learner')];
	const confirm = (at: Date | null) =>
		world.store.transact(function* (tx) {
			const { users } = world.store.tables;
			const both = inArray(users.id, [mentor.id, learner.id]);
			yield* run(tx.update(users).set({ emailVerifiedAt: at }).where(both).returning({ id: users.id }));
		});
	const hours = Array.from({ length: 7 }, (_, day) => [
		[`week.${day}.from`, '09:00'],
		[`week.${day}.to`, '17:00']
	]).flat();
	const page = {
		...{ open: 'on', slug: 'proved', title: 'An hour', introduction: '', minutes: '60', price: '35' },
		...{ pause: '0', notice: '0', ahead: '14', ...Object.fromEntries(hours) }
	};
	expect((await postForm(world.url, '/availability', page, mentor)).status).toBe(200);
	const offer = await (await request(world.url, '/book/proved', learner)).text();
	// The last one: the first may begin any moment.
	const at = /times:\[[\d,]*?(\d+)\]/.exec(offer)![1]!;
	const book = () =>
		postForm(world.url, `/book/proved?at=${at}`, { at, minutes: '60', price: '3500', note: '' }, learner);
	const plan = () => {
		const date = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
		const lesson = { title: 'Proved', date, time: '10:30', minutes: '45', price: '12.50' };
		return postForm(world.url, '/sessions/new', { ...lesson, learnerEmails: 'ada@people.test' }, mentor);
	};
	await confirm(null);
	for (const refused of [await plan(), await book()]) {
		expect(refused.status).toBeGreaterThanOrEqual(400);
		expect(await refused.text()).toContain('Please confirm your e-mail address first');
	}
	await confirm(new Date());
	for (const done of [await plan(), await book()]) expect(done.status).toBe(303);
});

test('[A3] a calendar is subscribed to by its address, without signing in, until there is a new one', async () => {
	const lesson = await world.classroom({ title: 'Lesson; with, signs' });
	const learner = lesson.learners[0]!;
	const page = await (await request(world.url, '/calendar/feed', learner)).text();
	const address = /\/calendar\/feed\/[\w~-]+\.ics/.exec(page)![0];
	const first = await request(world.url, address, null);
	expect(first.status).toBe(200);
	expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
	const { events } = readCalendar(await first.text());
	expect(events.map(({ summary }) => summary)).toEqual([lesson.title]);
	const headers = { 'if-none-match': `W/${first.headers.get('etag')}` };
	expect((await request(world.url, address, null, { headers })).status).toBe(304);

	expect((await request(world.url, '/calendar/feed', null)).headers.get('location')).toMatch(/^\/login/);
	expect(
		(await postForm(world.url, '/calendar/feed?/renew', { version: '1' })).headers.get('location')
	).toMatch(/^\/login/);
	// Sent twice, as an impatient person does.
	for (let time = 0; time < 2; time += 1) {
		const next = { version: '1', next: 'https://elsewhere.test/' };
		const answer = await postForm(world.url, '/calendar/feed?/renew', next, learner);
		expect([answer.status, answer.headers.get('location')]).toEqual([303, '/calendar/feed?renewed#feed']);
	}
	expect((await request(world.url, address, null)).status).toBe(404);
	const renewed = await (await request(world.url, '/calendar/feed', learner)).text();
	const [newAddress] = /\/calendar\/feed\/[\w~-]+\.ics/.exec(renewed)!;
	expect((await request(world.url, newAddress, null)).status).toBe(200);
});

test('[A3] without a mail server the demo shows what it would send; links and calendar entries work', async () => {
	const demo = await startWorld();
	onTestFinished(demo.close);
	expect(await (await request(demo.url, '/outbox', null)).text()).toContain('No mails yet');
	expect(await (await request(demo.url, '/login', null)).text()).toContain('href="/outbox"');
	await enqueueMails(demo.store, demo.url, [mailTo('ada@people.test')]);
	const list = await (await request(demo.url, '/outbox', null)).text();
	const [path] = /\/outbox\/[\w-]{20}/.exec(list)!;
	const page = await (await request(demo.url, path, null)).text();
	expect(page).toContain(`src="${path}/mail.html"`);
	expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
	// It keeps its own looks, and can do nothing.
	const mail = await request(demo.url, `${path}/mail.html`, null);
	expect(mail.headers.get('content-security-policy')).toMatch(
		/^default-src 'none'; style-src 'unsafe-inline'; .*sandbox allow-popups/
	);
	expect(await mail.text()).toContain(`${demo.url}/invitation/secret-token`);
	const { method } = readCalendar(await (await request(demo.url, `${path}/invite.ics`, null)).text());
	expect(method).toBe('REQUEST');
	expect((await request(demo.url, '/outbox/nothing', null)).status).toBe(404);
	await until(async () => {
		const rows = await demo.store.db.select().from(demo.store.tables.jobs);
		expect(rows.filter(({ kind, doneAt }) => kind === 'send-mail' && doneAt)).toHaveLength(1);
	});
});

test('[O3] [S1] production shows nobody’s mails, and says that none leave', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'mail-'));
	onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
	const port = await quietPort();
	const origin = `http://localhost:${port}`;
	const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ORIGIN: origin, PORT: String(port) };
	const child = spawn(process.execPath, ['scripts/start.ts'], { env });
	onTestFinished(() => void child.kill('SIGKILL'));
	let output = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	await until(async () => expect((await fetch(`${origin}/readyz`)).status).toBe(200));
	for (const path of [
		'/outbox',
		'/outbox/anything',
		'/outbox/anything/invite.ics',
		'/outbox/anything/mail.html'
	])
		expect([path, (await request(origin, path, null)).status]).toEqual([path, 404]);
	const data = await (await request(origin, '/outbox/__data.json', null)).text();
	expect(data).toContain('"status":404');
	expect(data).not.toContain('serverNow');
	expect(await (await request(origin, '/login', null)).text()).not.toContain('/outbox');
	expect(output).toContain('SMTP_URL is not set');
});

test('[A1] [S5] where mails leave, signing up says the same whether there is an account or not; its mailbox knows', async () => {
	const owner = await world.person('learner', 'Ada Owner');
	const signUp = async (email: string) => {
		const fields = { role: 'learner', name: 'Some Body', email, password: PASSWORD, timeZone: 'UTC' };
		const answer = await postForm(world.url, '/signup', fields);
		const html = (await answer.text()).replaceAll(email, '<address>').replace(/nonce(="|-)[^"';]+/g, 'nonce');
		return { status: answer.status, cookie: cookieOf(answer), html };
	};
	const signIn = (email: string) => postForm(world.url, '/login', { email, password: PASSWORD });
	const fresh = 'fresh@people.test';
	const [known, unknown] = [await signUp(owner.email), await signUp(fresh)];
	expect(known.status).toBe(200);
	expect(known.html).toContain('Look into your mailbox');
	expect(known).toEqual(unknown);

	// The owner’s account is as it was, the new one is nobody’s yet.
	expect((await signIn(owner.email)).status).toBe(303);
	expect((await signIn(fresh)).status).toBe(400);
	await until(() => {
		expect(mailsTo(owner.email).map(({ subject }) => subject)).toEqual(['You have an account already']);
		expect(mailsTo(fresh)).toHaveLength(1);
	});
	const path = /\/verify\/[\w-]+/.exec(mailsTo(fresh)[0]!.text ?? '')![0];
	expect((await postForm(world.url, path, {})).status).toBe(200);
	expect((await signIn(fresh)).status).toBe(303);
});
