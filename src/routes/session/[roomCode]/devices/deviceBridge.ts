import { createContext } from 'svelte';
import type { DeviceRoom, PersonView, RoomView } from '$lib/room/roomView.ts';

/**
 * What the device card and what belongs to it know of whatever holds camera and microphone: the room, or the page on which
 * they are tried without one.
 */
export interface DeviceBridge {
	readonly view: Pick<RoomView, 'me' | 'devices'> & {
		readonly people: readonly Pick<PersonView, 'isMe' | 'name' | 'state'>[];
	};
	/** Null until it is open. */
	readonly room: DeviceRoom | null;
}

export const [useDevices, provideDevices] = createContext<DeviceBridge>();
