import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import {
	readCalendar,
	SmtpRefusal,
	startMailServer,
	type MailServer
} from '../../../../tests/support/mailServer.ts';
import { planLesson, STARTS_AT, type Lesson } from '../sessions/lessonFixture.ts';
import { invitation, MAIL_LESSON, openMailRoom, TO_LIAM, type MailRoom } from './mailFixture.ts';
import type { MailPost } from './mailPost.ts';
import { createSmtpPost } from './smtpPost.ts';

let lesson: Lesson;
let server: MailServer;
let posts: MailPost[];

beforeEach(async () => {
	posts = [];
	lesson = await planLesson();
	server = await startMailServer();
});
afterEach(async () => {
	// A server waits for those who are connected.
	for (const post of posts) post.close();
	await server.close();
	await lesson.close();
});

function openAt(url: string): MailRoom {
	const post = createSmtpPost(url, 'learn.example.org');
	posts.push(post);
	return openMailRoom(lesson, post);
}

/** What an operator reads about the mails that wait. */
async function troubles(): Promise<(string | null)[]> {
	const { jobs } = lesson.store.tables;
	const rows = await lesson.store.db.select().from(jobs);
	return rows.filter(({ kind }) => kind === 'send-mail').map(({ lastError }) => lastError);
}

test('[A3] an invitation arrives once: text, HTML, and a calendar entry that mail programs and calendars accept', async () => {
	const room = openAt(server.url);
	await room.enqueue(invitation({ lesson: { description: 'Bring a pencil.\nAnd paper; or, both.' } }));
	await room.jobs.runDue();
	await room.jobs.runDue();
	expect(server.mails).toHaveLength(1);
	const [mail] = server.mails;
	expect(mail).toMatchObject({
		subject: 'Invitation: Fractions, 2 Mar 2026, 11:00 (CET)',
		to_: ['liam@x.test'],
		from: { value: [{ name: 'PeerLearn', address: 'no-reply@learn.example.org' }] },
		to: { value: [{ name: 'Liam', address: 'liam@x.test' }] }
	});
	expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
	expect(mail?.text).toContain('When: Monday, 2 March 2026, 11:00 – 12:00 (CET, Europe/Berlin)');
	expect(mail?.text).toContain('https://learn.example.org/invitation/secret-token');
	expect(mail?.html).toContain('href="https://learn.example.org/invitation/secret-token"');

	// The alternative for Gmail and Outlook, the file for the others.
	expect(mail?.raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
	const file = mail?.attachments.find(({ filename }) => filename === 'invite.ics');
	expect(file?.contentType).toBe('text/calendar');
	const { method, events } = readCalendar(file!.content.toString());
	expect(method).toBe('REQUEST');
	const [event] = events;
	expect(event).toMatchObject({ uid: 'lesson-1@learn.example.org', sequence: 0, summary: 'Fractions' });
	expect(event?.startDate.toString()).toBe('2026-03-02T10:00:00Z');
	expect(event?.endDate.toString()).toBe('2026-03-02T11:00:00Z');
	expect(event?.description).toContain('Bring a pencil.\nAnd paper; or, both.');
	const attendee = event?.attendees[0];
	expect(attendee?.getFirstValue()).toMatch(/^mailto:liam@x\.test$/i);
	expect([attendee?.getParameter('rsvp'), attendee?.getParameter('partstat')]).toEqual([
		'TRUE',
		'NEEDS-ACTION'
	]);
	const organizer = event?.component.getFirstProperty('organizer');
	expect(organizer?.getFirstValue()).toMatch(/^mailto:maya@x\.test$/i);
	expect(organizer?.getParameter('sent-by')).toMatch(/^mailto:no-reply@/i);
	expect(event?.component.getFirstPropertyValue('url')).toBe('https://learn.example.org/session/room-1');
	expect(event?.component.getAllSubcomponents('valarm')).toEqual([]);
});

test('[A3] moving keeps the entry’s name and raises its count, cancelling takes it away', async () => {
	const room = openAt(server.url);
	await room.enqueue({
		...{ kind: 'lesson-moved', uniqueKey: 'moved', to: TO_LIAM, dropAt: null },
		payload: {
			lesson: { ...MAIL_LESSON, sequence: 1, startsAt: STARTS_AT + 86_400_000 },
			previousStart: STARTS_AT
		}
	});
	await room.jobs.runDue();
	await room.enqueue({
		...{ kind: 'lesson-cancelled', uniqueKey: 'cancelled', to: TO_LIAM, dropAt: null },
		payload: { lesson: { ...MAIL_LESSON, sequence: 2 }, reason: 'I am ill.' }
	});
	await room.jobs.runDue();
	const read = server.mails.map(({ attachments }) => readCalendar(attachments.at(-1)!.content.toString()));
	expect(read.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL']);
	expect(read.map(({ events }) => [events[0]?.uid, events[0]?.sequence])).toEqual([
		['lesson-1@learn.example.org', 1],
		['lesson-1@learn.example.org', 2]
	]);
	expect(read[1]?.events[0]?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
	expect(server.mails[1]?.text).toContain('> I am ill.');
});

test('[A3] a mail that is put off comes later, once, with the same Message-ID', async () => {
	const room = openAt(server.url);
	server.refuse.data = () => new SmtpRefusal(451, 'try again later');
	await room.enqueue(invitation());
	await room.jobs.runDue();
	expect(server.mails).toEqual([]);
	expect(await troubles()).toEqual([expect.stringMatching(/put this mail off: 451 try again later$/)]);
	expect(await room.jobs.counts('mails')).toMatchObject({ waiting: 1, failing: 1 });
	server.refuse.data = () => null;
	await lesson.time.advance(5_000);
	await room.jobs.runDue();
	expect(server.mails).toHaveLength(1);
	expect(server.offered).toHaveLength(2);
	expect(new Set(server.offered).size).toBe(1);
});

test('[A3] [S7] a recipient whom the server does not know is given up at once, and the reason names nobody', async () => {
	const room = openAt(server.url);
	server.refuse.recipient = (address) => new SmtpRefusal(550, `5.1.1 <${address}> user unknown`);
	await room.enqueue(invitation());
	await room.jobs.runDue();
	expect(await room.jobs.counts('mails')).toMatchObject({ waiting: 0, failed: 1 });
	expect(await troubles()).toEqual([
		expect.stringContaining('refused this mail for good: 550 5.1.1 <…> user unknown')
	]);
	expect([...room.logged, ...(await troubles())].join()).not.toContain('liam');
});

test('[O3] what is wrong with the mail server is said in words that name the variable', async () => {
	const locked = await startMailServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth: (_auth, _session, done) => done(new Error('Invalid username or password'))
	});
	const selfSigned = await startMailServer({ disabledCommands: ['AUTH'] });
	onTestFinished(() => Promise.all([locked.close(), selfSigned.close()]).then(() => undefined));
	const { port } = server;
	await server.close();
	const urls = [
		`smtp://maya:wrong-password@127.0.0.1:${locked.port}`,
		`smtps://127.0.0.1:${locked.port}`,
		selfSigned.url,
		`smtp://127.0.0.1:${port}`
	];
	for (const [nth, url] of urls.entries()) {
		const room = openAt(url);
		await room.enqueue(invitation({ uniqueKey: String(nth) }));
		await room.jobs.runDue();
	}
	const said = await troubles();
	expect(said).toEqual([
		expect.stringContaining('does not accept the user and password of SMTP_URL'),
		expect.stringContaining('No encrypted connection to the mail server of SMTP_URL'),
		expect.stringContaining('No encrypted connection to the mail server of SMTP_URL'),
		expect.stringContaining('The mail server of SMTP_URL cannot be reached')
	]);
	expect(said.join()).not.toContain('wrong-password');
	server = await startMailServer();
});

test('[S5] a password leaves this machine over TLS only', async () => {
	let asked = 0;
	const open = await startMailServer({
		...{ disabledCommands: ['STARTTLS'], allowInsecureAuth: true },
		onAuth: (_auth, _session, done) => {
			asked += 1;
			done(null, { user: 'maya' });
		}
	});
	onTestFinished(() => open.close());
	// The same machine by a name that is not this machine’s own.
	const room = openAt(`smtp://maya:password@[::ffff:127.0.0.1]:${open.port}`);
	await room.enqueue(invitation());
	await room.jobs.runDue();
	expect(asked).toBe(0);
	expect(await troubles()).toEqual([expect.stringContaining('No encrypted connection')]);
});

test('[K5] a mail server that hangs does not hold up the end of ours', async () => {
	const silent = createServer().listen(0, '127.0.0.1');
	await once(silent, 'listening');
	const sockets: Socket[] = [];
	silent.on('connection', (socket) => sockets.push(socket));
	const post = createSmtpPost(
		`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`,
		'learn.example.org'
	);
	const room = openMailRoom(lesson, post);
	await room.enqueue(invitation());
	const running = room.jobs.runDue('mails');
	await once(silent, 'connection');
	post.close();
	expect(await running).toBe(0);
	expect(await troubles()).toEqual(['Error: The server was shut down meanwhile']);
	for (const socket of sockets) socket.destroy();
	silent.close();
});
