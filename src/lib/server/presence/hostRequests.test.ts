import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostRequest } from '../../shared/hosting.ts';
import { AISHA, LIAM, MAYA } from '../sessions/lessonFixture.ts';
import { openLobby, type Lobby, type Page } from './lobbyFixture.ts';

let lobby: Lobby;
let roomCode: string;

beforeEach(async () => {
	lobby = await openLobby();
	({ roomCode } = await lobby.lesson.session());
});
afterEach(() => lobby.close());

const ON = { microphone: true, camera: true, screen: false };

function ask(what: HostRequest, toUserId: string | null): number {
	return lobby.presence().ask(roomCode, { userId: 'maya', what, toUserId });
}

const asked = ({ messages }: Page) => messages.flatMap((m) => (m.type === 'hostRequest' ? [m.what] : []));

test('[C2] one page or all others are asked, never the mentor’s own', async () => {
	const [maya, liam, aisha] = [
		await lobby.openPage(MAYA, 'm1'),
		await lobby.openPage(LIAM, 'l1'),
		await lobby.openPage(AISHA, 'a1')
	];
	expect(ask('mute', 'liam')).toBe(1);
	expect(ask('lowerHand', null)).toBe(2);
	expect(ask('mute', 'omar')).toBe(0);
	expect(ask('mute', 'maya')).toBe(0);
	await lobby.lesson.time.advance(20);
	expect([maya, liam, aisha].map(asked)).toEqual([[], ['mute', 'lowerHand'], ['lowerHand']]);
	// What the server shows is what the page says, not what was asked.
	expect(maya.people()[1]?.media.microphone).toBe(false);
});

test('[C2] a page that is away is asked when it is back, unless it has spoken since or long ago', async () => {
	await lobby.openPage(MAYA, 'm1');
	const liam = await lobby.openPage(LIAM, 'l1');
	await lobby.presence().update(roomCode, 'liam', { seatId: 'l1', media: ON });
	liam.drop();
	expect(ask('mute', 'liam')).toBe(1);
	await lobby.lesson.time.advance(3_000);
	const back = await lobby.openPage(LIAM, 'l1');
	expect(asked(back)).toEqual(['mute']);

	// Carried out, and then decided anew by the person.
	ask('mute', 'liam');
	await lobby.presence().update(roomCode, 'liam', { seatId: 'l1', media: ON });
	back.drop();
	expect(asked(await lobby.openPage(LIAM, 'l1'))).toEqual([]);
});

test('[M1] hands have the time at which they went up, and lose it when they go down', async () => {
	const maya = await lobby.openPage(MAYA, 'm1');
	await lobby.openPage(LIAM, 'l1');
	await lobby.openPage(AISHA, 'a1');
	const raise = async (userId: string, seatId: string, handRaised: boolean) => {
		await lobby.presence().update(roomCode, userId, { seatId, handRaised });
		await lobby.lesson.time.advance(1_000);
		return maya.people().map((person) => person.handRaisedAt);
	};
	const first = lobby.lesson.time.now();
	expect(await raise('aisha', 'a1', true)).toEqual([null, null, first]);
	expect(await raise('liam', 'l1', true)).toEqual([null, first + 1_000, first]);
	// Said again it is still the same hand.
	expect(await raise('aisha', 'a1', true)).toEqual([null, first + 1_000, first]);
	expect(await raise('aisha', 'a1', false)).toEqual([null, first + 1_000, null]);
});

test('[S3] reactions and captions reach the others; of what a slow reader cannot take the oldest is dropped', async () => {
	const [maya, liam] = [await lobby.openPage(MAYA, 'm1'), await lobby.openPage(LIAM, 'l1')];
	const from = { fromUserId: 'liam', fromSeatId: 'l1' };
	const caption = (utterance: number, text: string) =>
		lobby.presence().pass(roomCode, { type: 'caption', ...from, caption: { utterance, text, final: false } });
	lobby.presence().pass(roomCode, { type: 'reaction', ...from, reaction: 'clap' });
	caption(1, 'So');
	caption(1, 'So we add');
	for (let utterance = 2; utterance < 100; utterance += 1) caption(utterance, `u${utterance}`);
	await lobby.lesson.time.advance(20);
	const heard = maya.messages.flatMap((m) => (m.type === 'caption' ? [m.caption.text] : []));
	expect(heard.length).toBeLessThanOrEqual(33);
	expect(heard).not.toContain('So');
	expect(heard.at(-1)).toBe('u99');
	expect(liam.messages.every(({ type }) => type === 'presence')).toBe(true);
});
