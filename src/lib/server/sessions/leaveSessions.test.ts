import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailbox } from '../accounts/peopleFixture.ts';
import { run, type Row } from '../db/store.ts';
import { listenToPerson } from '../notifications/personMessages.ts';
import { listenToRoom } from '../roomLog/roomMessages.ts';
import { planLesson, type Lesson } from './lessonFixture.ts';
import { leaveSessions } from './leaveSessions.ts';

let lesson: Lesson;
let mails: ReturnType<typeof createMailbox>;
let told: string[];

beforeEach(async () => {
	lesson = await planLesson();
	mails = createMailbox();
	told = [];
	const { roomCode } = await lesson.session();
	listenToRoom(lesson.bus, roomCode, ({ type }) => told.push(`room: ${type}`));
	for (const id of ['maya', 'liam', 'aisha'])
		listenToPerson(lesson.bus, id, ({ type }) => told.push(`${id}: ${type}`));
});
afterEach(() => lesson.close());

async function leave(userId: string): Promise<void> {
	const { store, bus, time } = lesson;
	const { tables } = store;
	const tell = await store.transact(function* (tx) {
		const [person] = yield* run(tx.select().from(tables.users).where(eq(tables.users.id, userId)));
		const deps = { tables, bus, mails, currency: 'EUR' };
		return yield* leaveSessions(deps, tx, person!, new Date(time.now()));
	});
	expect(told).toEqual([]);
	tell();
}
const members = async (session: Row<'sessions'>) =>
	(await lesson.sessions.membersOf(session.id)).map(({ userId }) => userId);

describe('[A1] whoever deletes their account', () => {
	test('as a mentor calls off what they planned: by mail to all that were asked, and on open pages', async () => {
		const { store } = lesson;
		const planned = await lesson.session();
		const asked = (email: string, more: Partial<Row<'invitations'>> = {}) => ({
			...{ id: email, sessionId: planned.id, email, tokenHash: email, createdAt: new Date(), ...more }
		});
		await store.transact(function* (tx) {
			const rows = [
				asked('liam@x.test'),
				asked('new@x.test'),
				asked('no@x.test', { declinedAt: new Date() }),
				asked('out@x.test', { withdrawnAt: new Date() })
			];
			yield* run(tx.insert(store.tables.invitations).values(rows).returning());
		});
		await leave('maya');
		expect(await lesson.session()).toMatchObject({
			...{ status: 'cancelled', calendarSequence: planned.calendarSequence + 1 },
			cancelReason: 'The mentor has left PeerLearn.'
		});
		expect(mails.sent.map(({ kind, to }) => `${kind} ${to.address}`).sort()).toEqual([
			'lesson-cancelled aisha@x.test',
			'lesson-cancelled liam@x.test',
			'lesson-cancelled new@x.test'
		]);
		expect(told.sort()).toEqual(['aisha: sessions', 'liam: sessions', 'room: over']);
	});

	test('as a learner is taken off what is to come; the lesson stays, and so does what was', async () => {
		const past = await lesson.planAnother();
		await lesson.sessions.start(past);
		told.length = 0;
		await leave('liam');
		expect((await lesson.session()).status).toBe('scheduled');
		expect(await members(await lesson.session())).toEqual(['maya', 'aisha']);
		expect(await members(past)).toContain('liam');
		expect(mails.sent).toEqual([]);
		expect(told.filter((each) => each.startsWith('maya'))).not.toEqual([]);
	});

	test('has nothing to leave where nothing is planned', async () => {
		await leave('omar');
		expect(told).toEqual([]);
	});
});
