import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AISHA, LIAM, MAYA } from '../sessions/lessonFixture.ts';
import { openLobby, whoIsThere, type Lobby } from './lobbyFixture.ts';

let lobby: Lobby;

beforeEach(async () => {
	lobby = await openLobby();
});
afterEach(async () => {
	await lobby.close();
	expect(lobby.errors).toEqual([]);
});

describe('coming and going', () => {
	test('[L2] an arrival is a log entry and an attendance row, and everybody gets the whole list', async () => {
		const maya = await lobby.openPage(MAYA, 'm1');
		expect(maya.messages[0]).toMatchObject({ type: 'presence', participants: [{ userId: 'maya' }] });
		const liam = await lobby.openPage(LIAM, 'l1');
		expect(whoIsThere(maya)).toEqual(['maya here', 'liam here']);
		expect(liam.people()).toEqual(maya.people());
		expect(liam.people()[1]).toEqual({
			...LIAM,
			seatId: 'l1',
			arrival: expect.any(Number) as number,
			state: 'here',
			peerId: null,
			media: { microphone: false, camera: false, screen: false },
			...{ handRaised: false, handRaisedAt: null, captions: null },
			line: null,
			deviceTrouble: null
		});
		expect(await lobby.logged()).toEqual(['maya mentor.join', 'liam learner.join']);
		expect(await lobby.stays()).toMatchObject([
			{ userId: 'maya', leftAt: null },
			{ userId: 'liam', seatId: 'l1', leftAt: null }
		]);
	});

	test('[M1] whoever only watches sees the list and is not in it', async () => {
		await lobby.openPage(MAYA, 'm1');
		const liam = await lobby.openPage(LIAM, 'l1', false);
		expect(whoIsThere(liam)).toEqual(['maya here']);
		expect(await lobby.logged()).toEqual(['maya mentor.join']);
	});

	test('[M1] states and hands reach everybody; a burst is one message', async () => {
		const maya = await lobby.openPage(MAYA, 'm1');
		await lobby.openPage(LIAM, 'l1');
		const before = maya.messages.length;
		const media = { microphone: true, camera: true, screen: false };
		await lobby
			.presence()
			.update((await lobby.lesson.session()).roomCode, 'liam', { seatId: 'l1', peerId: 'p' });
		await lobby.presence().update((await lobby.lesson.session()).roomCode, 'liam', { seatId: 'l1', media });
		await lobby
			.presence()
			.update((await lobby.lesson.session()).roomCode, 'liam', { seatId: 'l1', handRaised: true });
		await lobby.lesson.time.advance(20);
		expect(maya.messages.length).toBe(before + 1);
		expect(maya.people()[1]).toMatchObject({ peerId: 'p', media, handRaised: true });
	});

	test('[E1] nobody changes or leaves a seat they do not hold', async () => {
		const { roomCode } = await lobby.lesson.session();
		await lobby.openPage(LIAM, 'l1');
		const stranger = lobby.presence().update(roomCode, 'aisha', { seatId: 'l1', handRaised: true });
		await expect(stranger).rejects.toMatchObject({ reason: 'no-seat' });
		await lobby.presence().leaveSeat(roomCode, { id: 'aisha' }, 'l1');
		await lobby.presence().leaveSeat('nowhere', { id: 'liam' }, 'l1');
		expect(lobby.presence().holdsSeat(roomCode, 'liam', 'l1')).toBe(true);
		expect(lobby.presence().holdsSeat(roomCode, 'aisha', 'l1')).toBe(false);
	});

	test('[T8] a goodbye is a departure at once, however often it is said', async () => {
		const { roomCode } = await lobby.lesson.session();
		const maya = await lobby.openPage(MAYA, 'm1');
		const liam = await lobby.openPage(LIAM, 'l1');
		await lobby.presence().leaveSeat(roomCode, { id: 'liam' }, 'l1');
		await lobby.presence().leaveSeat(roomCode, { id: 'liam' }, 'l1');
		liam.drop();
		await lobby.lesson.time.advance(20);
		expect(whoIsThere(maya)).toEqual(['maya here']);
		await lobby.lesson.time.advance(60_000);
		expect((await lobby.logged()).slice(2)).toEqual(['liam learner.leave goodbye']);
	});

	test('[T8] a lost page is away for the grace period, then gone since it was last heard', async () => {
		const maya = await lobby.openPage(MAYA, 'm1');
		const liam = await lobby.openPage(LIAM, 'l1');
		const lostAt = lobby.lesson.time.now();
		liam.drop();
		await lobby.lesson.time.advance(9_900);
		expect(whoIsThere(maya)).toEqual(['maya here', 'liam away']);
		expect(await lobby.logged()).toHaveLength(2);
		await lobby.lesson.time.advance(200);
		expect(whoIsThere(maya)).toEqual(['maya here']);
		expect((await lobby.logged()).slice(2)).toEqual(['liam learner.leave lost']);
		expect((await lobby.stays())[1]?.leftAt).toBe(lostAt);
	});

	test('[T2] back within the grace period the page has its seat as it was, and nobody left', async () => {
		const { roomCode } = await lobby.lesson.session();
		const maya = await lobby.openPage(MAYA, 'm1');
		const liam = await lobby.openPage(LIAM, 'l1');
		await lobby.presence().update(roomCode, 'liam', { seatId: 'l1', peerId: 'p' });
		const before = maya.people()[1];
		liam.drop();
		await lobby.lesson.time.advance(9_000);
		await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.time.advance(60_000);
		expect(maya.people()[1]).toEqual({ ...before, peerId: 'p' });
		expect(await lobby.logged()).toHaveLength(2);
		expect(await lobby.stays()).toHaveLength(2);
	});

	test('[T2] a second connection of the same page may come before the first is given up', async () => {
		const maya = await lobby.openPage(MAYA, 'm1');
		const dying = await lobby.openPage(LIAM, 'l1');
		await lobby.openPage(LIAM, 'l1');
		dying.drop();
		await lobby.lesson.time.advance(60_000);
		expect(whoIsThere(maya)).toEqual(['maya here', 'liam here']);
	});
});

describe('one seat a person', () => {
	test('[T9] the newest page gets the seat, the older one hears of it, and nobody left', async () => {
		const { roomCode } = await lobby.lesson.session();
		const maya = await lobby.openPage(MAYA, 'm1');
		const first = await lobby.openPage(LIAM, 'l1');
		const second = await lobby.openPage(LIAM, 'l2');
		expect(first.messages.filter((m) => m.type === 'seatTaken')).toHaveLength(1);
		expect(second.messages.map((m) => m.type)).not.toContain('seatTaken');
		first.drop();
		await lobby.lesson.time.advance(60_000);
		expect(whoIsThere(maya)).toEqual(['maya here', 'liam here']);
		expect(maya.people()[1]?.seatId).toBe('l2');
		expect(await lobby.logged()).toEqual(['maya mentor.join', 'liam learner.join']);
		const late = lobby.presence().update(roomCode, 'liam', { seatId: 'l1', handRaised: true });
		await expect(late).rejects.toMatchObject({ reason: 'seat-taken' });
	});

	test('[T9] a page that was away when it lost the seat is told when it comes back, and takes nothing', async () => {
		const laptop = await lobby.openPage(LIAM, 'l1');
		laptop.drop();
		const phone = await lobby.openPage(LIAM, 'l2');
		const again = await lobby.openPage(LIAM, 'l1');
		expect(again.messages.map((m) => m.type)).toEqual(['presence', 'seatTaken']);
		expect(phone.messages.map((m) => m.type)).not.toContain('seatTaken');
		expect(phone.people()[0]?.seatId).toBe('l2');
	});

	test('[T9] “Continue here” comes with a fresh seat and gets it', async () => {
		await lobby.openPage(LIAM, 'l1');
		const second = await lobby.openPage(LIAM, 'l2');
		const third = await lobby.openPage(LIAM, 'l3');
		expect(second.messages.map((m) => m.type)).toContain('seatTaken');
		expect(third.people().map((person) => person.seatId)).toEqual(['l3']);
	});

	test('[C2] every seat taken is a later arrival, so that who stayed calls who came back', async () => {
		const maya = await lobby.openPage(MAYA, 'm1');
		await lobby.openPage(LIAM, 'l1');
		await lobby.openPage(MAYA, 'm2');
		expect(maya.people().map((person) => person.seatId)).toEqual(['l1', 'm2']);
	});

	test('[F6] attendance of a person who moved has no hole and no overlap', async () => {
		await lobby.openPage(LIAM, 'l1');
		await lobby.lesson.time.advance(5_000);
		await lobby.openPage(LIAM, 'l2');
		const [first, second] = await lobby.stays();
		expect(first?.leftAt).toBe(second?.joinedAt);
		expect(second?.leftAt).toBeNull();
	});

	test('[C2] a further member is refused, and has a place again when someone has left', async () => {
		await lobby.presence().close();
		lobby.restart({ capacity: 2 });
		const { roomCode } = await lobby.lesson.session();
		await lobby.openPage(MAYA, 'm1');
		await lobby.openPage(LIAM, 'l1');
		const aisha = await lobby.openPage(AISHA, 'a1');
		expect(aisha.refused).toMatchObject({ reason: 'room-full' });
		await aisha.ended;
		await lobby.presence().leaveSeat(roomCode, { id: 'liam' }, 'l1');
		expect(whoIsThere(await lobby.openPage(AISHA, 'a2'))).toEqual(['maya here', 'aisha here']);
	});
});
