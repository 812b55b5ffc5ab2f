import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../db/sqliteStore.ts';
import { sqliteTables, type Row, type Store } from '../db/store.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { createRoomLog } from '../roomLog/roomLogService.ts';
import { AISHA, LIAM, MAYA, planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import type { Member } from '../../shared/roomState.ts';
import { createFigures, type Figures } from './figuresService.ts';

const folder = mkdtempSync(join(tmpdir(), 'figures-'));
let files = 0;
let lesson: Lesson;
let figures: Figures;

beforeEach(async () => {
	lesson = await planLesson({ file: join(folder, `${(files += 1)}.sqlite`) });
	figures = onServer(lesson.store);
});
afterEach(() => lesson.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As another process on the same database has them. */
function onServer(store: Store): Figures {
	const roomLog = createRoomLog({ store, bus: lesson.bus, now: lesson.time.now });
	return createFigures({
		store,
		roomLog,
		sessions: lesson.sessions,
		now: lesson.time.now
	});
}

/** A lesson of 600 s with these people, of which nobody is there for the last `alone` seconds but the mentor. */
async function teach(people: Member[], alone = 0): Promise<Row<'sessions'>> {
	const session = await lesson.planAnother();
	const attendance = createAttendance(lesson);
	for (const member of people) {
		const stay = { id: `${session.id}-${member.userId}`, member };
		await attendance.join(session, stay, 'seat', lesson.time.now());
	}
	await lesson.sessions.start(session);
	await lesson.time.advance((600 - alone) * 1_000);
	const stays = people.map(({ userId }) => `${session.id}-${userId}`);
	await attendance.heartbeat(stays, lesson.time.now());
	for (const member of people.filter(({ role }) => alone > 0 && role === 'learner')) {
		const stay = { id: `${session.id}-${member.userId}`, member };
		await attendance.leave(session, stay, lesson.time.now(), 'goodbye');
	}
	await lesson.time.advance(alone * 1_000);
	await attendance.heartbeat(stays, lesson.time.now());
	await lesson.sessions.end(session, 'mentor');
	return session;
}

const { lessonFigures, mentorLearners } = sqliteTables;
const figuresThere = () => lesson.store.db.select().from(lessonFigures);
const learnersThere = () => lesson.store.db.select().from(mentorLearners);

describe('figures', () => {
	test('[F2] [F7] a lesson adds its money, its time and its learners, once', async () => {
		const session = await teach([MAYA, LIAM, AISHA], 60);
		expect(await figures.totalsOf('maya')).toEqual([]);
		for (let time = 0; time < 3; time++) expect(await figures.add(session.id)).toBe('maya');
		expect(await figuresThere()).toMatchObject([
			{ sessionId: session.id, mentorId: 'maya', lessonSeconds: 600, interruptedSeconds: 60, learners: 2 }
		]);
		await figures.add((await teach([MAYA, LIAM])).id);
		expect(await figures.totalsOf('maya')).toEqual([
			{
				currency: 'EUR',
				sessions: 2,
				lessonSeconds: 1_200,
				interruptedSeconds: 60,
				amountMinor: 9_000,
				feeMinor: 0
			}
		]);
		expect(await figures.learnersOf('maya')).toEqual({ learners: 2, cameBack: 1 });
		expect(await figures.learnersOf('ines')).toEqual({ learners: 0, cameBack: 0 });
	});

	test('[F2] a lesson to which nobody came is counted as seen and adds nothing', async () => {
		const session = await teach([MAYA]);
		expect(await figures.add(session.id)).toBe('maya');
		expect(await figuresThere()).toMatchObject([{ learners: 0 }]);
		expect(await figures.totalsOf('maya')).toEqual([]);
		expect(await figures.learnersOf('maya')).toEqual({ learners: 0, cameBack: 0 });
	});

	test('[F2] what is not completed adds nothing and stays to be added', async () => {
		const planned = await lesson.session();
		expect(await figures.add(planned.id)).toBeNull();
		expect(await figures.add('nobody knows it')).toBeNull();
		expect(await figuresThere()).toEqual([]);
	});

	test('[K2] two servers at once, and one that dies in the middle, add a lesson once', async () => {
		const other = openSqliteStore(join(folder, `${files}.sqlite`));
		const session = await teach([MAYA, LIAM]);
		// Dies after any of its steps: nothing of it stays.
		for (let steps = 1; steps <= 5; steps++) {
			const dying: Store = {
				...other,
				transact: (body) =>
					other.transact(function* (tx) {
						const inner = body(tx);
						let next = inner.next();
						for (let done = 0; !next.done; done++) {
							if (done === steps) throw new Error('killed');
							next = inner.next(yield next.value as never);
						}
						// Everything is written and nothing committed.
						throw new Error('killed');
					})
			};
			await expect(onServer(dying).add(session.id)).rejects.toThrow('killed');
			expect(await figuresThere()).toEqual([]);
			expect(await figures.totalsOf('maya')).toEqual([]);
		}
		await Promise.all([figures, onServer(other), figures, onServer(other)].map((one) => one.add(session.id)));
		expect(await figures.totalsOf('maya')).toMatchObject([{ sessions: 1, amountMinor: 4_500 }]);
		expect(await figures.learnersOf('maya')).toEqual({ learners: 1, cameBack: 0 });
		await other.close();
	});

	test('[F8] totals are the sums of the ledger, in whatever order and however often lessons are added', async () => {
		const sessions = [];
		for (const people of [[MAYA, LIAM], [MAYA], [MAYA, AISHA, LIAM], [MAYA, AISHA]])
			sessions.push(await teach(people));
		const order = fc.sample(fc.shuffledSubarray(sessions, { minLength: 4 }), { numRuns: 1, seed: 7 })[0]!;
		for (const { id } of [...order, ...sessions]) await figures.add(id);
		const booked = await lesson.store.db.select().from(lesson.store.tables.ledger);
		const sum = booked.reduce((total, entry) => total + entry.amountMinor, 0);
		expect(await figures.totalsOf('maya')).toMatchObject([{ sessions: 3, amountMinor: sum }]);
		const last = new Map((await learnersThere()).map((row) => [row.learnerId, row.lastAt]));
		const ended = async (id: string) => (await lesson.sessions.byId(id))?.endedAt;
		expect(last.get('liam')).toEqual(await ended(sessions[2]!.id));
		expect(last.get('aisha')).toEqual(await ended(sessions[3]!.id));
	});
});

describe('sessions that ended before there were figures', () => {
	test('[F2] [F7] are picked up at the start, some at a time, and only they', async () => {
		const known = await teach([MAYA, LIAM]);
		await figures.add(known.id);
		const sessions = [];
		for (let nth = 0; nth < 3; nth++) sessions.push(await teach([MAYA, LIAM]));
		// Their jobs were done by a version that stored nothing.
		await lesson.store.transact(function* (tx) {
			yield tx
				.update(lesson.store.tables.jobs)
				.set({ doneAt: new Date(lesson.time.now()) })
				.returning();
		});
		const starting = onServer(lesson.store);
		expect(await starting.pickUpMissing()).toBe(3);
		expect(await starting.pickUpMissing()).toBe(0);
		expect(await onServer(lesson.store).pickUpMissing()).toBe(3);
		const { jobs } = lesson.store.tables;
		const waiting = await lesson.store.db.select().from(jobs).where(isNull(jobs.doneAt));
		expect(waiting.map(({ kind, payload }) => `${kind} ${String(payload.sessionId)}`).sort()).toEqual(
			sessions.map(({ id }) => `analytics ${id}`).sort()
		);
		for (const { payload } of waiting) await figures.add(String(payload.sessionId));
		expect(await figures.totalsOf('maya')).toMatchObject([{ sessions: 4, amountMinor: 18_000 }]);
		expect(await onServer(lesson.store).pickUpMissing()).toBe(0);
	});
});
