import type { RoomBridge } from '../roomBridge.svelte.ts';

/** Tickets come soon after the page, and that rarely, ms. */
const LOOK_EVERY = 500;

/** Whether this page's calls always go by a relay. */
export interface RelayChoice {
	readonly on: boolean;
	/** Null until the room knows. */
	readonly possible: boolean | null;
	set(on: boolean): void;
}

/** For a component: looks as long as it is on the page. */
export function createRelayOnly(bridge: RoomBridge): RelayChoice {
	let details = $state.raw(bridge.room?.details() ?? null);
	$effect(() => {
		const timer = setInterval(() => (details = bridge.room?.details() ?? null), LOOK_EVERY);
		return () => clearInterval(timer);
	});
	return {
		get on() {
			return details?.relayOnly ?? false;
		},
		get possible() {
			return details?.peerServer ? details.iceServers.some((kind) => kind.startsWith('turn')) : null;
		},
		set(on) {
			bridge.room?.setRelayOnly(on);
			details = bridge.room?.details() ?? null;
		}
	};
}
