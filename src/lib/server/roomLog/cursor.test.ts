import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Row } from '../db/store.ts';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { createRoomLog } from './roomLogService.ts';

let lesson: Lesson;
let session: Row<'sessions'>;

beforeEach(async () => {
	lesson = await planLesson();
	session = await lesson.session();
});
afterEach(() => lesson.close());

const chat = (clientId: string) =>
	({ clientId, type: 'chat.message', actorId: 'liam', payload: { text: clientId } }) as const;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('[K10] a cursor belongs to this log only if its entry is in it, with the same time', async () => {
	const entry = await lesson.roomLog.append(session, chat('a'));
	const { seq, at } = entry;
	expect(readCursor(writeCursor(entry))).toEqual({ seq, at });
	const holds = (cursor: { seq: number; at: number | null }) => lesson.roomLog.holds(session.id, cursor);
	expect(await holds({ seq: 0, at: null })).toBe(true);
	expect(await holds({ seq, at })).toBe(true);
	expect(await holds({ seq, at: null })).toBe(true);
	expect(await holds({ seq, at: at + 1 })).toBe(false);
	expect(await holds({ seq: 900, at: null })).toBe(false);
});

test('[P8] a long log is read in turns, so that others are served between its pages', async () => {
	await Promise.all(Array.from({ length: 500 }, (_, i) => lesson.roomLog.append(session, chat(`c${i}`))));
	const log = createRoomLog({ store: lesson.store, bus: lesson.bus, now: lesson.time.now, pageSize: 50 });
	let turns = 0;
	let read = false;
	const others = (async () => {
		for (; !read; turns += 1) await turn();
	})();
	const abort = new AbortController();
	const seqs: number[] = [];
	for await (const batch of log.follow(session, 0, abort.signal))
		if (seqs.push(...batch.map((entry) => entry.seq)) === 500) break;
	expect(seqs).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
	expect(turns).toBeGreaterThanOrEqual(9);
	read = true;
	await others;
});
