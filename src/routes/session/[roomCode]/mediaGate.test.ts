import { expect, test } from 'vitest';
import { NO_MEDIA } from '../../../lib/shared/live.ts';
import type { PersonView } from '../../../lib/room/roomView.ts';
import { nextGate } from './mediaGate.ts';

const me: PersonView = {
	userId: 'me',
	name: 'Me',
	role: 'mentor',
	seatId: 's',
	arrival: 1,
	state: 'here',
	peerId: 'p',
	media: NO_MEDIA,
	handRaised: false,
	...{ line: null, deviceTrouble: null, quality: null, videoPaused: false, speaking: false },
	...{ handRaisedAt: null, captions: null },
	isMe: true,
	...{ call: 'waiting', path: 'none', relayed: null },
	stream: null,
	trouble: null,
	silent: false,
	frozen: false,
	unheard: false
};
const liam: PersonView = { ...me, userId: 'liam', isMe: false };

test('[C4] media controls wait while a call is being set up', () => {
	expect(nextGate('alone', { people: [me], mediaReady: true })).toBe('alone');
	expect(nextGate('alone', { people: [me, liam], mediaReady: false })).toBe('connecting');
	expect(nextGate('connecting', { people: [me, liam], mediaReady: true })).toBe('ready');
});

test('[C4] once ready, later trouble never takes the mute button away', () => {
	expect(nextGate('ready', { people: [me, liam], mediaReady: false })).toBe('ready');
	expect(nextGate('ready', { people: [me], mediaReady: false })).toBe('ready');
});
