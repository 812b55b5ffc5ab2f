import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import { roomTopic } from '../bus/bus.ts';
import type { Row } from '../db/store.ts';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createRoomLog } from './roomLogService.ts';
import type { NewEntry } from './writeEntry.ts';

let lesson: Lesson;
let session: Row<'sessions'>;

beforeEach(async () => {
	lesson = await planLesson();
	session = await lesson.session();
});
afterEach(() => lesson.close());

function chat(clientId: string, text = clientId, actorId = 'liam'): NewEntry {
	return { clientId, type: 'chat.message', actorId, payload: { text } };
}

function listen(roomCode: string): RoomEvent[] {
	const heard: RoomEvent[] = [];
	lesson.bus.subscribe(roomTopic(roomCode), (message) => {
		const { type, entry } = message as { type: string; entry: RoomEvent };
		if (type === 'entry') heard.push(entry);
	});
	return heard;
}

function seqs(entries: readonly RoomEvent[]): number[] {
	return entries.map((entry) => entry.seq);
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('appending', () => {
	test('[T3] gives 1, 2, 3 … without gaps, publishes in that order and answers with what is stored', async () => {
		const heard = listen(session.roomCode);
		const results = await Promise.all(upTo(50).map((i) => lesson.roomLog.append(session, chat(`c${i}`))));
		expect(seqs(results)).toEqual(upTo(50));
		expect(heard).toEqual(results);
		expect(await lesson.roomLog.read(session.id, 0, 100)).toEqual(results);
		expect((await lesson.session()).lastSeq).toBe(50);
	});

	test('[T3] nothing is published or answered before it is in the database', async () => {
		const stored: Promise<RoomEvent[]>[] = [];
		lesson.bus.subscribe(roomTopic(session.roomCode), () => {
			stored.push(lesson.roomLog.read(session.id, 0, 10));
		});
		await lesson.roomLog.append(session, chat('a'));
		expect((await stored[0])?.map((entry) => entry.clientId)).toEqual(['a']);
	});

	test('[T3] a repeated client id gets the first result: 100 times in parallel make one row', async () => {
		const heard = listen(session.roomCode);
		const results = await Promise.all(upTo(100).map(() => lesson.roomLog.append(session, chat('same'))));
		expect(new Set(results.map((entry) => entry.seq))).toEqual(new Set([1]));
		expect(heard).toHaveLength(1);
		await lesson.roomLog.append(session, chat('next'));
		expect(seqs(await lesson.roomLog.readAll(session.id))).toEqual([1, 2]);
	});

	test('[T3] the same id with another text or from another person is a conflict, and the first stays', async () => {
		await lesson.roomLog.append(session, chat('a', 'first'));
		await expect(lesson.roomLog.append(session, chat('a', 'second'))).rejects.toMatchObject({
			reason: 'id-conflict'
		});
		await expect(lesson.roomLog.append(session, chat('a', 'first', 'aisha'))).rejects.toMatchObject({
			reason: 'id-conflict'
		});
		expect(await lesson.roomLog.readAll(session.id)).toMatchObject([{ seq: 1, payload: { text: 'first' } }]);
	});

	test('[T3] one refused append does not undo its neighbours in the same commit', async () => {
		const other = await lesson.planAnother();
		const results = await Promise.allSettled([
			lesson.roomLog.append(session, chat('a')),
			lesson.roomLog.append({ id: 'nowhere', roomCode: 'nowhere' }, chat('b')),
			lesson.roomLog.append(session, chat('a', 'other text')),
			lesson.roomLog.append(other, chat('a')),
			lesson.roomLog.append(session, chat('c'))
		]);
		expect(results.map((result) => result.status)).toEqual([
			'fulfilled',
			'rejected',
			'rejected',
			'fulfilled',
			'fulfilled'
		]);
		expect(seqs(await lesson.roomLog.readAll(session.id))).toEqual([1, 2]);
		expect(seqs(await lesson.roomLog.readAll(other.id))).toEqual([1]);
	});

	test('[T3] appends of many rooms share one transaction', async () => {
		let transactions = 0;
		const counting = {
			...lesson.store,
			transact: ((body) => {
				transactions += 1;
				return lesson.store.transact(body);
			}) as typeof lesson.store.transact
		};
		const log = createRoomLog({ store: counting, bus: lesson.bus, now: lesson.time.now });
		const other = await lesson.planAnother();
		await Promise.all(upTo(40).map((i) => log.append(i % 2 ? session : other, chat(`c${i}`))));
		expect(transactions).toBe(1);
	});

	test('[F1] chat to a session that is over is refused, its repetition is answered', async () => {
		await lesson.sessions.start(session);
		const first = await lesson.roomLog.append(session, chat('before'));
		await lesson.sessions.end(session, 'mentor');
		await expect(lesson.roomLog.append(session, chat('after'))).rejects.toMatchObject({
			reason: 'session-over'
		});
		expect(await lesson.roomLog.append(session, chat('before'))).toEqual(first);
		expect((await lesson.roomLog.readAll(session.id)).at(-1)?.type).toBe('session.end');
	});

	test.each(['', 'a b', 'session:end', 'x'.repeat(65)])('[T3] “%s” is no client id', async (clientId) => {
		await expect(lesson.roomLog.append(session, chat(clientId))).rejects.toMatchObject({
			reason: 'bad-input'
		});
	});

	test('[F2] a transaction that fails publishes nothing and leaves no gap', async () => {
		const heard = listen(session.roomCode);
		const attempt = lesson.roomLog.transact(function* (_tx, log) {
			yield* log.append(session, chat('a'));
			throw new Error('no');
		});
		await expect(attempt).rejects.toThrow('no');
		await lesson.roomLog.append(session, chat('b'));
		expect(seqs(heard)).toEqual([1]);
	});

	test('[K5] closing writes what is still gathered', async () => {
		const log = createRoomLog({
			store: lesson.store,
			bus: lesson.bus,
			now: lesson.time.now,
			gatherMs: 60_000
		});
		const waiting = log.append(session, chat('a'));
		await log.close();
		expect((await waiting).seq).toBe(1);
	});
});
