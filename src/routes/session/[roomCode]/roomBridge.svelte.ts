import { createContext } from 'svelte';
import { openRoom, type OpenedRoom } from '$lib/room/adapters/openRoom.ts';
import { NO_PREFERENCES } from '$lib/room/devicePreferences.ts';
import { NO_DEVICES } from '$lib/room/devices.ts';
import { NO_MEDIA } from '$lib/shared/live.ts';
import type { RoomState } from '$lib/shared/roomState.ts';
import type { RoomView } from '$lib/room/roomView.ts';
import { nextGate, type MediaGate } from './mediaGate.ts';

declare global {
	interface Window {
		/**
		 * The open room, for tests and diagnostics only: the page itself never reads it. It holds nothing that
		 * the person at this browser may not see anyway.
		 */
		__peerlearnRoom?: OpenedRoom;
	}
}

/** How often the clocks on the page look at the time, in ms: a displayed second is never late by more. */
const TICK = 250;

export interface RoomBridge {
	/** A new value at each change of the room. */
	readonly view: RoomView;
	/** The server's clock, ms since the epoch; moves four times a second. */
	readonly now: number;
	/** Whether microphone, camera and share controls may be used. */
	readonly gate: MediaGate;
	readonly capacity: number;
	/** For the mentor: when their next session starts, as it was planned when the page was loaded; ms since the epoch. */
	readonly nextStartsAt: number | null;
	/** The open room; null while the page is rendered on the server and until it is open. */
	readonly room: OpenedRoom | null;
	/** Opens the room; a second call does nothing. In the browser only. */
	open(): void;
	/** Says goodbye and lets go of devices and connections. */
	close(): void;
}

/** The one bridge from the room, which knows no Svelte, to runes. One a page. */
export function createRoomBridge(initial: RoomState, csrf: string): RoomBridge {
	let view = $state.raw(beforeOpening(initial));
	let now = $state(initial.serverNow);
	let gate = $state<MediaGate>('alone');
	let room = $state.raw<OpenedRoom | null>(null);
	let stop = () => {};

	function show(next: RoomView): void {
		view = next;
		gate = next.phase.name === 'inRoom' ? nextGate(gate, next) : 'alone';
	}

	function open(): void {
		if (room) return;
		const opened = openRoom(initial, csrf);
		room = opened;
		window.__peerlearnRoom = opened;
		const unsubscribe = opened.subscribe(show);
		const ticking = setInterval(() => (now = opened.serverNow()), TICK);
		stop = () => {
			unsubscribe();
			clearInterval(ticking);
			opened.close();
			delete window.__peerlearnRoom;
		};
	}

	function close(): void {
		stop();
		stop = () => {};
		room = null;
	}

	return {
		get view() {
			return view;
		},
		get now() {
			return now;
		},
		get gate() {
			return gate;
		},
		get room() {
			return room;
		},
		capacity: initial.capacity,
		nextStartsAt: initial.nextStartsAt,
		open,
		close
	};
}

/** What can be shown before the room is open: what the server said with the page. */
function beforeOpening(initial: RoomState): RoomView {
	return {
		phase: { name: initial.removed ? 'removed' : 'loading' },
		connection: { name: 'connecting' },
		health: { name: 'fine', works: { chat: false, call: false } },
		session: initial.session,
		me: initial.me,
		people: [],
		devices: {
			...NO_DEVICES,
			preview: null,
			using: { microphone: null, camera: null },
			chosen: NO_PREFERENCES
		},
		speaksMuted: false,
		media: NO_MEDIA,
		handRaised: false,
		captions: null,
		taught: new Set(),
		removed: [],
		reactions: [],
		pausedFor: [],
		chat: [],
		notices: [],
		ending: false,
		mediaReady: false
	};
}

export const [useRoom, provideRoom] = createContext<RoomBridge>();
