import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AISHA, LIAM, MAYA, STARTS_AT } from '../sessions/lessonFixture.ts';
import { createFakeTimers } from './fakeTimers.ts';
import { openLobby, whoIsThere, type Lobby } from './lobbyFixture.ts';

let lobby: Lobby;

beforeEach(async () => {
	lobby = await openLobby();
});
afterEach(async () => {
	await lobby.close();
	expect(lobby.errors).toEqual([]);
});

describe('the end of the session', () => {
	test('[F1] gives every seat back; rows are closed by the end itself and nobody comes any more', async () => {
		const maya = await lobby.openPage(MAYA, 'm1');
		const liam = await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.sessions.start(await lobby.lesson.session());
		liam.drop();
		await lobby.lesson.time.advance(5_000);
		await lobby.lesson.sessions.end(await lobby.lesson.session(), 'mentor');
		const endedAt = lobby.lesson.time.now();
		await lobby.lesson.time.advance(60_000);
		expect(maya.people()).toEqual([]);
		expect((await lobby.openPage(LIAM, 'l2')).people()).toEqual([]);
		expect((await lobby.stays()).map((stay) => stay.leftAt)).toEqual([endedAt, endedAt]);
		expect((await lobby.logged()).slice(3)).toEqual([
			'maya mentor.leave session-end',
			'liam learner.leave session-end',
			'maya session.end mentor'
		]);
	});

	test('[F1] an arrival that meets the end is either before it or not at all', async () => {
		await lobby.lesson.sessions.start(await lobby.lesson.session());
		const stale = await lobby.lesson.session();
		await lobby.lesson.sessions.end(stale, 'mentor');
		const abort = new AbortController();
		const live = lobby.presence().live(stale, LIAM, { seatId: 'l1', seated: true }, abort.signal);
		expect((await live.next()).value).toMatchObject({ participants: [] });
		abort.abort();
		expect(await lobby.stays()).toEqual([]);
		expect(await lobby.logged()).toEqual(['maya session.start', 'maya session.end mentor']);
	});
});

describe('restarts', () => {
	test('[T1] a server that stops says nothing to who asks again: an empty list would end their calls', async () => {
		const maya = await lobby.openPage(MAYA, 'm1');
		await lobby.openPage(LIAM, 'l1');
		await lobby.presence().close();
		await maya.ended;
		const again = await lobby.openPage(MAYA, 'm1');
		expect(again.messages).toEqual([]);
		again.drop();
		await again.ended;
		expect(again.refused).toBeNull();
	});

	test('[K5] a stopped server keeps the seats: back within the grace period nobody has left', async () => {
		await lobby.openPage(MAYA, 'm1');
		await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.time.advance(3_000);
		const stoppedAt = lobby.lesson.time.now();
		await lobby.presence().close();
		expect((await lobby.stays()).map((stay) => stay.heartbeatAt)).toEqual([stoppedAt, stoppedAt]);
		await lobby.lesson.time.advance(45_000);

		lobby.restart();
		await lobby.presence().recover();
		const maya = await lobby.openPage(MAYA, 'm1');
		expect(whoIsThere(maya)).toEqual(['maya here', 'liam away']);
		await lobby.lesson.time.advance(5_000);
		await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.time.advance(60_000);
		expect(whoIsThere(maya)).toEqual(['maya here', 'liam here']);
		expect(await lobby.logged()).toEqual(['maya mentor.join', 'liam learner.join']);
	});

	test('[K1] after a kill whoever does not come back left at the last heartbeat', async () => {
		await lobby.presence().close();
		// Its timers stand still once it is killed: it closes nothing, and the new one only has the rows.
		const itsTimers = createFakeTimers(0);
		lobby.restart({ timers: itsTimers });
		await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.time.advance(10_000);
		await itsTimers.advance(10_000);
		const heartbeatAt = lobby.lesson.time.now();
		await lobby.lesson.time.advance(7_000);

		lobby.restart();
		await lobby.presence().recover();
		await lobby.lesson.time.advance(10_100);
		expect((await lobby.logged()).slice(1)).toEqual(['liam learner.leave lost']);
		expect((await lobby.stays())[0]?.leftAt).toBe(heartbeatAt);
		const { id } = await lobby.lesson.session();
		const left = (await lobby.lesson.roomLog.readAll(id)).at(-1);
		expect(left?.payload).toEqual({ reason: 'lost', since: heartbeatAt });
	});

	test('[T9] a page that slept through the newer one, its end and a restart does not take the seat back', async () => {
		const laptop = await lobby.openPage(LIAM, 'laptop');
		laptop.drop();
		await lobby.lesson.time.advance(60_000);
		await lobby.openPage(LIAM, 'phone');
		expect((await lobby.openPage(LIAM, 'laptop')).messages).toContainEqual({ type: 'seatTaken' });

		await lobby.presence().close();
		lobby.restart();
		await lobby.presence().recover();
		expect((await lobby.openPage(LIAM, 'laptop')).messages).toContainEqual({ type: 'seatTaken' });
		const phone = await lobby.openPage(LIAM, 'phone');
		expect(phone.people()).toMatchObject([{ seatId: 'phone', state: 'here' }]);
		// “Continue here” comes with a fresh seat.
		await lobby.openPage(LIAM, 'laptop-again');
		expect(phone.messages).toContainEqual({ type: 'seatTaken' });
	});

	test('[K1] rows that a killed server left open in a session that is over are closed at their last heartbeat', async () => {
		await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.time.advance(14_000);
		await lobby.presence().close();
		const heartbeatAt = (await lobby.stays())[0]?.heartbeatAt;
		const { sessions } = lobby.lesson.store.tables;
		await lobby.lesson.store.transact(function* (tx) {
			yield tx.update(sessions).set({ status: 'cancelled' }).returning({ id: sessions.id });
		});
		lobby.restart();
		await lobby.presence().recover();
		expect((await lobby.stays())[0]?.leftAt).toBe(heartbeatAt);
		expect(lobby.presence().counts()).toEqual({ rooms: 0, seats: 0, streams: 0 });
	});

	test('[F2] a server that was down over the scheduled end counts nobody as present meanwhile', async () => {
		await lobby.openPage(MAYA, 'm1');
		await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.sessions.start(await lobby.lesson.session());
		await lobby.lesson.time.advance(20_000);
		await lobby.presence().close();
		const seenAt = lobby.lesson.time.now();
		await lobby.lesson.time.advance(2 * 3_600_000);
		lobby.restart();
		await lobby.presence().recover();
		await lobby.lesson.sessions.endOverdue();
		expect((await lobby.stays()).map((stay) => stay.leftAt)).toEqual([seenAt, seenAt]);
		expect((await lobby.lesson.session()).endedAt?.getTime()).toBe(STARTS_AT + 3_600_000);
	});
});

test('[B6] a room that everybody left costs nothing: no state, no timers but the heartbeat', async () => {
	const { roomCode } = await lobby.lesson.session();
	for (let i = 0; i < 20; i++) {
		const page = await lobby.openPage(LIAM, `l${i}`, i % 2 === 0);
		page.drop();
	}
	const last = await lobby.openPage(AISHA, 'a1');
	await lobby.presence().leaveSeat(roomCode, { id: 'aisha' }, 'a1');
	last.drop();
	await lobby.lesson.time.advance(11_000);
	expect(lobby.presence().counts()).toEqual({ rooms: 0, seats: 0, streams: 0 });
	expect(lobby.lesson.time.pending()).toBe(1);
});
