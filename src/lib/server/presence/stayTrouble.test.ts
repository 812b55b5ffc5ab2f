import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIAM, MAYA } from '../sessions/lessonFixture.ts';
import { openLobby, type Lobby } from './lobbyFixture.ts';

let lobby: Lobby;

beforeEach(async () => {
	lobby = await openLobby();
});
afterEach(() => lobby.close());

const DENIED = { camera: 'denied', microphone: 'denied' } as const;

async function roomCode(): Promise<string> {
	return (await lobby.lesson.session()).roomCode;
}

async function troubles() {
	const { id } = await lobby.lesson.session();
	return (await lobby.presence().attendanceOf(id)).map(({ deviceTrouble }) => deviceTrouble);
}

test('[F9] what is wrong with somebody’s devices is kept with their stay, as it was when they left', async () => {
	const maya = await lobby.openPage(MAYA, 'm1');
	await lobby.openPage(LIAM, 'l1');
	const update = async (deviceTrouble?: typeof DENIED | { camera: 'gone' } | null) =>
		lobby.presence().update(await roomCode(), 'liam', { seatId: 'l1', deviceTrouble });
	await update(DENIED);
	expect(await troubles()).toEqual([null, DENIED]);
	await update();
	expect(await troubles()).toEqual([null, DENIED]);
	await update({ camera: 'gone' });
	await lobby.lesson.time.advance(20);
	expect(maya.people()[1]?.deviceTrouble).toEqual({ camera: 'gone' });
	await lobby.presence().leaveSeat(await roomCode(), { id: 'liam' }, 'l1');
	await expect(update(null)).rejects.toMatchObject({ reason: 'no-seat' });
	expect(await troubles()).toEqual([null, { camera: 'gone' }]);

	// A new stay begins without.
	await lobby.openPage(LIAM, 'l2');
	expect(await troubles()).toEqual([null, { camera: 'gone' }, null]);
});

test('[F9] [T9] it goes along to the page that takes the seat, and to the next server', async () => {
	await lobby.openPage(LIAM, 'l1');
	await lobby.presence().update(await roomCode(), 'liam', { seatId: 'l1', deviceTrouble: DENIED });
	await lobby.openPage(LIAM, 'l2');
	expect(await troubles()).toEqual([DENIED, DENIED]);
	await lobby.presence().close();
	await lobby.restart().recover();
	const liam = await lobby.openPage(LIAM, 'l2');
	expect(liam.people()[0]?.deviceTrouble).toEqual(DENIED);
	await lobby.presence().update(await roomCode(), 'liam', { seatId: 'l2', deviceTrouble: null });
	expect(await troubles()).toEqual([DENIED, null]);
});
