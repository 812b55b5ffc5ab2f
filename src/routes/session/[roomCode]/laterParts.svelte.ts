import { createContext, untrack } from 'svelte';
import { browserClock } from '$lib/room/adapters/browserClock.ts';
import type { DeviceRoom } from '$lib/room/roomView.ts';
import { stylesHere } from '$lib/ui/lostStyles.ts';
import type AfterSession from './AfterSession.svelte';
import type CallKeys from './CallKeys.svelte';
import type DevicePanel from './devices/DevicePanel.svelte';
import type MutedHint from './devices/MutedHint.svelte';
import type * as HostTools from './people/hostTools.ts';
import { createLaterPart, type LaterPart, type PartState } from './laterPart.ts';
import type PathPanel from './path/PathPanel.svelte';
import type { RoomBridge } from './roomBridge.svelte.ts';
import type RoomWindows from './RoomWindows.svelte';

/** How long the lesson has to run smoothly before the later parts are fetched beside it, ms. */
const STABLE_FOR = 4_000;

interface Part<T> extends LaterPart {
	readonly state: PartState<T>;
}

/**
 * What the room page shows late, and then perhaps while nothing can be fetched: the end comes on time without a server,
 * and figures are looked at when the network is bad. Some ten kilobytes, so a weak line is no reason to wait.
 */
export interface LaterParts {
	afterSession: Part<typeof AfterSession>;
	callKeys: Part<typeof CallKeys>;
	devices: Part<typeof DevicePanel>;
	/** For mentors, wanted by the list of people. */
	hostTools: Part<typeof HostTools>;
	/** Also wanted by whoever speaks while muted. */
	mutedHint: Part<typeof MutedHint>;
	/** Of the lobby only. */
	pathPanel: Part<typeof PathPanel>;
	pictureInPicture: Part<unknown>;
	/** What “More options” opens. */
	windows: Part<typeof RoomWindows>;
}

/** The parts of this page; they are fetched quietly once the lesson runs, or when one of them is wanted. */
export function createLaterParts(bridge: RoomBridge): LaterParts {
	const parts: LaterParts = {
		afterSession: part(async () => (await import('./AfterSession.svelte')).default),
		callKeys: part(async () => (await import('./CallKeys.svelte')).default),
		devices: devicesPart(() => bridge.room),
		hostTools: part(() => import('./people/hostTools.ts')),
		mutedHint: part(async () => (await import('./devices/MutedHint.svelte')).default),
		pathPanel: part(async () => (await import('./path/PathPanel.svelte')).default),
		pictureInPicture: part(() => import('./pictureInPicture/openPicture.ts')),
		windows: part(async () => (await import('./RoomWindows.svelte')).default)
	};
	const all = Object.values(parts) as LaterPart[];
	const ofLesson = all.filter((each) => each !== parts.hostTools && each !== parts.pathPanel);
	const isLive = $derived(bridge.view.connection.name === 'live');
	const isStable = $derived(isLive && bridge.view.phase.name === 'inRoom' && bridge.gate !== 'connecting');

	$effect(() => {
		if (isLive) untrack(() => all.forEach((each) => each.hurry()));
	});
	$effect(() => {
		if (!isStable) return;
		const timer = setTimeout(() => {
			ofLesson.forEach((each) => each.want());
			// A room that was opened anew, as after going back to a page that the browser kept, has its own.
			if (parts.devices.state.name === 'here') bridge.room?.prepareDesk().catch(() => undefined);
		}, STABLE_FOR);
		return () => clearTimeout(timer);
	});
	$effect(() => {
		if (bridge.view.speaksMuted) untrack(parts.mutedHint.want);
	});
	$effect(() => () => all.forEach((each) => each.stop()));
	return parts;
}

/** A part that is fetched when it is wanted, with its looks. */
export function part<T>(load: () => Promise<T>): Part<T> {
	let state = $state.raw<PartState<T>>({ name: 'away' });
	const later = createLaterPart<T>({
		load: () => load().then((loaded) => stylesHere().then(() => loaded)),
		...{ clock: browserClock(), onState: (next: PartState<T>) => (state = next) }
	});
	return {
		...later,
		get state() {
			return state;
		}
	};
}

/** Pickers, meter and tests of devices, with what changes a device: of the room, or of whatever has devices without one. */
export function devicesPart(desk: () => DeviceRoom | null): LaterParts['devices'] {
	return part(async () => {
		const [panel] = await Promise.all([import('./devices/DevicePanel.svelte'), desk()?.prepareDesk()]);
		return panel.default;
	});
}

export const [useLaterParts, provideLaterParts] = createContext<LaterParts>();
/** Apart from the others, because devices are tried without a room too. */
export const [useDevicePanel, provideDevicePanel] = createContext<LaterParts['devices']>();
