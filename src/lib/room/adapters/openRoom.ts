import type { RoomState } from '../../shared/roomState.ts';
import { createRoom } from '../createRoom.ts';
import type { Room } from '../roomView.ts';
import { browserClock } from './browserClock.ts';
import { browserDevices } from './browserDevices.ts';
import { browserNetwork } from './browserNetwork.ts';
import { browserStorage } from './browserStorage.ts';
import { peerjsLink } from './peerjsLink.ts';
import { socketCalls } from './socketCalls.ts';
import { trpcLink } from './trpcLink.ts';

/** The room of this page, with everything real behind it. Browser only; connects at once. */
export function openRoom(initial: RoomState, csrf: string): Room {
	const clock = browserClock();
	return createRoom(
		{
			link: trpcLink({ roomCode: initial.session.roomCode, userId: initial.me.userId, csrf, clock }),
			peers: peerjsLink(clock),
			spare: socketCalls(),
			network: browserNetwork(),
			devices: browserDevices(),
			clock,
			storage: browserStorage(),
			randomId
		},
		initial
	);
}

/** 128 random bits as hexadecimal digits: `crypto.randomUUID` does not exist on pages without HTTPS. */
function randomId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
