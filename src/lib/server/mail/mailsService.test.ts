import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
});
