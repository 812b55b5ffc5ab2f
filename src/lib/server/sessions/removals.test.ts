import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAttendance } from '../presence/attendanceService.ts';
import { openLobby, whoIsThere, type Lobby } from '../presence/lobbyFixture.ts';
import { run } from '../db/store.ts';
import { lessonClock } from '../recap/lessonClock.ts';
import { createRemovals, type Removals } from './removals.ts';
import { AISHA, LIAM, MAYA } from './lessonFixture.ts';

let lobby: Lobby;
let removals: Removals;
let ids = 0;

beforeEach(async () => {
	lobby = await openLobby();
	removals = createRemovals({ ...lobby.lesson, attendance: createAttendance(lobby.lesson) });
});
afterEach(() => lobby.close());

async function start(): Promise<void> {
	await lobby.lesson.sessions.start(await lobby.lesson.session());
}
async function remove(userId: string, clientId = `r${++ids}`): Promise<void> {
	await removals.remove(await lobby.lesson.session(), { clientId, by: 'maya', userId });
}
async function readmit(userId: string, clientId = `r${++ids}`): Promise<void> {
	await removals.readmit(await lobby.lesson.session(), { clientId, by: 'maya', userId });
}
async function membership(userId: string): Promise<unknown> {
	const { roomCode } = await lobby.lesson.session();
	return lobby.lesson.sessions.membership(roomCode, { id: userId });
}

test('[C2] whoever is removed loses seat and membership at once, and has both again when let in', async () => {
	const maya = await lobby.openPage(MAYA, 'm1');
	await lobby.openPage(LIAM, 'l1');
	await start();
	await lobby.lesson.time.advance(60_000);
	await remove('liam');
	await lobby.lesson.time.advance(20);
	expect(whoIsThere(maya)).toEqual(['maya here']);
	expect(lobby.presence().isSeated((await lobby.lesson.session()).id, 'liam')).toBe(false);
	expect((await lobby.logged()).slice(-2)).toEqual(['maya learner.removed', 'liam learner.leave removed']);
	await expect(membership('liam')).rejects.toMatchObject({ reason: 'removed' });
	const { roomCode } = await lobby.lesson.session();
	expect(await lobby.lesson.sessions.roomState(roomCode, { id: 'liam' })).toMatchObject({ removed: true });
	expect((await lobby.stays()).map(({ leftAt }) => leftAt === null)).toEqual([true, false]);

	await readmit('liam');
	await expect(membership('liam')).resolves.toMatchObject({ member: { role: 'learner' } });
	await lobby.openPage(LIAM, 'l2');
	expect(whoIsThere(maya)).toEqual(['maya here', 'liam here']);
});

test('[C2] an arrival that was checked before the removal comes too late for a seat', async () => {
	await lobby.openPage(MAYA, 'm1');
	await start();
	await remove('liam');
	// Presence was asked with a membership from before.
	const late = await lobby.openPage(LIAM, 'l1');
	await late.ended;
	expect(late.refused).toMatchObject({ reason: 'removed' });
	const maya = await lobby.openPage(MAYA, 'm1');
	expect(whoIsThere(maya)).toEqual(['maya here']);
	expect(await lobby.stays()).toHaveLength(1);
});

test('[C2] a place in use ends with the reason, and nobody else’s', async () => {
	await start();
	const session = await lobby.lesson.session();
	const lost: string[] = [];
	const admit = (userId: string) =>
		lobby.lesson.sessions.admit({ session, member: { userId, role: 'learner' } }, ({ reason }) =>
			lost.push(`${userId} ${reason}`)
		);
	admit('liam');
	const giveBack = admit('aisha');
	await remove('liam');
	expect(lost).toEqual(['liam removed']);
	await lobby.lesson.sessions.recheckAdmissions();
	giveBack();
	await remove('aisha');
	expect(lost).toEqual(['liam removed']);
});

test('[S2] a place that another server took away is found by the next look', async () => {
	await start();
	const session = await lobby.lesson.session();
	const { store } = lobby.lesson;
	const { sessionMembers } = store.tables;
	const lost: string[] = [];
	for (const userId of ['maya', 'liam', 'aisha'])
		lobby.lesson.sessions.admit(
			{ session, member: { userId, role: userId === 'maya' ? 'mentor' : 'learner' } },
			({ reason }) => lost.push(`${userId} ${reason}`)
		);
	await lobby.lesson.sessions.recheckAdmissions();
	expect(lost).toEqual([]);
	const isLiam = eq(sessionMembers.userId, 'liam');
	await store.transact(function* (tx) {
		yield* run(tx.update(sessionMembers).set({ removedAt: new Date() }).where(isLiam).returning());
	});
	await lobby.lesson.sessions.recheckAdmissions();
	expect(lost).toEqual(['liam removed']);
	await store.transact(function* (tx) {
		yield* run(tx.delete(sessionMembers).where(eq(sessionMembers.userId, 'aisha')).returning());
	});
	await lobby.lesson.sessions.recheckAdmissions();
	expect(lost).toEqual(['liam removed', 'aisha removed']);
});

test('[T3] a repeated removal is one, and a late repetition does not undo what was decided since', async () => {
	await lobby.openPage(LIAM, 'l1');
	await start();
	for (let nth = 0; nth < 3; nth += 1) await remove('liam', 'once');
	await remove('liam', 'another');
	await readmit('liam', 'again');
	await remove('liam', 'once');
	await expect(membership('liam')).resolves.toBeTruthy();
	expect((await lobby.logged()).filter((line) => line.includes('removed'))).toEqual([
		'maya learner.removed',
		'liam learner.leave removed'
	]);
	await expect(readmit('liam', 'once')).rejects.toMatchObject({ reason: 'id-conflict' });
});

test('[E1] only learners of a running session can be removed', async () => {
	await expect(remove('liam')).rejects.toMatchObject({ reason: 'not-live' });
	await start();
	for (const userId of ['maya', 'omar', 'nobody'])
		await expect(remove(userId)).rejects.toMatchObject({ reason: 'not-found' });
	await expect(remove('liam', 'not an id')).rejects.toMatchObject({ reason: 'bad-input' });
	await lobby.lesson.sessions.end(await lobby.lesson.session(), 'mentor');
	await expect(remove('liam')).rejects.toMatchObject({ reason: 'session-over' });
});

test('[F2] [F6] afterwards the session belongs to the removed one too: paid, counted, told in the recap', async () => {
	await lobby.openPage(MAYA, 'm1');
	await lobby.openPage(LIAM, 'l1');
	await start();
	await lobby.lesson.time.advance(10 * 60_000);
	await remove('liam');
	await lobby.lesson.time.advance(5 * 60_000);
	await lobby.openPage(AISHA, 'a1');
	await lobby.lesson.time.advance(5 * 60_000);
	const before = await lobby.lesson.session();
	await lobby.lesson.sessions.end(before, 'mentor');
	await expect(membership('liam')).resolves.toBeTruthy();
	const view = (await lobby.lesson.sessions.roomState(before.roomCode, { id: 'liam' })).session;
	const entries = await lobby.lesson.roomLog.readAll(before.id);
	const { interruptions, taughtSeconds } = lessonClock(view, view.members, entries);
	expect(interruptions).toMatchObject([{ cause: 'removed', userIds: ['liam'] }]);
	expect(taughtSeconds).toBe(15 * 60);
	const { ledger } = lobby.lesson.store.tables;
	expect(await lobby.lesson.store.db.select().from(ledger)).toMatchObject([{ amountMinor: 4_500 }]);
});
