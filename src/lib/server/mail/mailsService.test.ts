import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCalendar } from '../../../../tests/support/mailServer.ts';
import { Hopeless } from '../jobs/jobsService.ts';
import { planLesson, STARTS_AT, type Lesson } from '../sessions/lessonFixture.ts';
import { invitation, MAIL_LESSON, openMailRoom, TO_LIAM, type MailRoom } from './mailFixture.ts';

let lesson: Lesson;
let room: MailRoom;

beforeEach(async () => {
	lesson = await planLesson();
	room = openMailRoom(lesson);
});
afterEach(() => lesson.close());

describe('[A3] a mail', () => {
	test('is written with its job in the transaction that needs it, and with it undone', async () => {
		const failing = lesson.store.transact(function* (tx) {
			yield* room.mails.enqueue(tx, [invitation()]);
			throw new Error('the plan failed');
		});
		await expect(failing).rejects.toThrow('the plan failed');
		expect(await room.mails.latest()).toEqual([]);
		await room.enqueue(invitation());
		expect(await room.mails.latest()).toHaveLength(1);
		expect(await room.jobs.counts('mails')).toMatchObject({ waiting: 1 });
	});

	test('with a known key is the same mail', async () => {
		await room.enqueue(invitation(), invitation());
		await room.enqueue(invitation({ lesson: { title: 'Another one' } }));
		await room.jobs.runDue();
		await room.jobs.runDue();
		expect(room.sent.map(({ subject }) => subject)).toEqual([
			'Invitation: Fractions, 2 Mar 2026, 11:00 (CET)'
		]);
	});

	test('has one Message-ID at each attempt, and is emptied of its secret once it is sent', async () => {
		const tries: unknown[] = [];
		let fails = true;
		room = openMailRoom(lesson, {
			async send({ messageId, text }) {
				tries.push(messageId);
				expect(text).toContain('/invitation/secret-token');
				if (fails) throw new Error('come back later');
			},
			close: () => undefined
		});
		await room.enqueue(invitation());
		await room.jobs.runDue('mails');
		fails = false;
		await lesson.time.advance(5_000);
		await room.jobs.runDue('mails');
		await lesson.time.advance(3_600_000);
		await room.jobs.runDue('mails');
		expect(tries).toHaveLength(2);
		expect(new Set(tries).size).toBe(1);
		expect(tries[0]).toMatch(/^<[\w-]{20}@learn\.example\.org>$/);
		const [mail] = await room.mails.latest();
		expect(mail).toMatchObject({ text: '', html: '', sentAt: new Date(STARTS_AT - 5 * 60_000 + 5_000) });
	});

	test('that is refused for good is given up at once; its neighbours are sent', async () => {
		room = openMailRoom(lesson, {
			send: async ({ messageId }) => {
				if (messageId === first) throw new Hopeless('no such mailbox');
				room.sent.push({});
			},
			close: () => undefined
		});
		await room.enqueue(invitation());
		const first = (await room.mails.latest())[0]!.messageId;
		await room.enqueue(invitation({ uniqueKey: 'other' }));
		await room.jobs.runDue('mails');
		expect(await room.jobs.counts('mails')).toMatchObject({ waiting: 0, failed: 1 });
		expect(room.sent).toHaveLength(1);
	});

	test('whose time is over is not sent', async () => {
		await room.enqueue({
			...{ kind: 'lesson-soon', uniqueKey: 'soon', to: TO_LIAM, dropAt: STARTS_AT },
			payload: { lesson: MAIL_LESSON, minutesBefore: 10 }
		});
		await lesson.time.advance(5 * 60_000);
		await room.jobs.runDue();
		expect(room.sent).toEqual([]);
		expect(await room.mails.latest()).toMatchObject([{ sentAt: null, droppedAt: new Date(STARTS_AT) }]);
	});

	test('[S7] stays in the outbox without a mail server, and the log names nobody', async () => {
		room = openMailRoom(lesson, null);
		expect(room.mails.leave).toBe(false);
		await room.enqueue(invitation());
		await room.jobs.runDue();
		expect(await room.mails.latest()).toMatchObject([{ sentAt: null, droppedAt: null }]);
		expect((await room.mails.latest())[0]?.text).toContain('secret-token');
		expect(room.logged.join('\n')).toContain('stays in the outbox');
		expect(room.logged.join('\n')).not.toMatch(/liam|secret|fractions/i);
		expect(await room.jobs.counts()).toMatchObject({ waiting: 0, failing: 0, failed: 0 });
	});

	test('[S7] is forgotten after 90 days', async () => {
		await room.enqueue(invitation());
		await room.jobs.runDue();
		await lesson.time.advance(89 * 86_400_000);
		await room.mails.sweep();
		expect(await room.mails.latest()).toHaveLength(1);
		await lesson.time.advance(2 * 86_400_000);
		await room.mails.sweep();
		expect(await room.mails.latest()).toEqual([]);
	});

	test('goes to one address or to none', async () => {
		for (const [nth, address] of [
			'a@x.test, b@x.test',
			'a@x.test\r\nBcc: b@x.test',
			'nobody',
			'<a@x.test>'
		].entries())
			await room.enqueue(invitation({ uniqueKey: String(nth), to: { ...TO_LIAM, address } }));
		await room.jobs.runDue();
		expect(room.sent).toEqual([]);
		expect(await room.jobs.counts('mails')).toMatchObject({ failed: 4 });
	});

	test('[A4] to a series is one mail with all its times, over a change of the clocks, and one entry for each', async () => {
		const week = 7 * 86_400_000;
		// In Berlin the clocks go forward on 29 March: at the same wall clock it is an hour earlier in UTC.
		const [first, ...others] = [STARTS_AT, STARTS_AT + 3 * week, STARTS_AT + 4 * week - 3_600_000].map(
			(startsAt, nth) => ({
				...{ ...MAIL_LESSON, sessionId: `lesson-${nth}`, roomCode: `room-${nth}` },
				...{ startsAt, endsAt: startsAt + 3_600_000 }
			})
		);
		await room.enqueue(invitation({ lesson: first!, others }));
		await room.jobs.runDue();
		const [sent] = room.sent;
		expect(sent?.text).toContain('Maya invites you to 3 lessons, one each week.');
		expect(sent?.text).toContain(
			'And then: 23 Mar 2026, 11:00 – 12:00\n          30 Mar 2026, 11:00 – 12:00'
		);
		const uids = [first!, ...others].map(({ sessionId }) => `${sessionId}@learn.example.org`);
		const [file, alternative] = [sent?.attachments?.[0], sent?.alternatives?.[0]].map((part) =>
			readCalendar(String(part?.content)).events.map(({ uid }) => uid)
		);
		expect(file).toEqual(uids);
		// Mail programs show one invitation: the first.
		expect(alternative).toEqual([uids[0]]);
	});

	test('to an address that belongs to nobody names the time in the mentor’s zone and in UTC', async () => {
		const { users } = lesson.store.tables;
		await lesson.store.transact(function* (tx) {
			const change = tx.update(users).set({ timeZone: 'America/New_York' });
			yield change.where(eq(users.id, 'maya')).returning({ id: users.id });
		});
		const nobody = { userId: null, address: 'new@x.test', name: null, language: null, timeZone: null };
		await room.enqueue(invitation({ to: nobody }));
		await room.jobs.runDue();
		expect(room.sent[0]?.text).toMatch(/05:00 – 06:00 \(.*America\/New_York\)\n.*10:00 – 11:00 \(UTC\)/);
	});
});
