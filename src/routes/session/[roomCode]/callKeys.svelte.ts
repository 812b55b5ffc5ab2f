import { KEY_UP, nextTalkKey, type TalkKey, type TalkKeyEvent } from '$lib/room/talkKey.ts';
import type { Announcer } from './announcer.svelte.ts';
import { keyPlace } from './keyPlace.ts';
import type { RoomBridge } from './roomBridge.svelte.ts';
import { shortcutOf, type Shortcut } from './shortcuts.ts';
import type { SingleKeys } from './singleKeys.svelte.ts';

/** What a button of the call controls and its shortcut do alike. */
export interface CallAction {
	/** Why it does nothing for the moment. */
	unavailable?: string;
	run: () => void;
	/** Said when a key did it, because then no button says so. */
	said?: string;
}

/** How often a held key is asked whether it still is, ms. */
const LOOK_AT_KEY = 500;

/** The keys of the call while the page shows it (spec C6). `talking`: the key to talk is held and the microphone open. */
export function createCallKeys(deps: {
	bridge: RoomBridge;
	singleKeys: SingleKeys;
	announcer: Announcer;
	actions: () => Record<Exclude<Shortcut, 'talk'>, CallAction>;
}): { readonly talking: boolean } {
	const { bridge, singleKeys, announcer, actions } = deps;
	let key = $state.raw<TalkKey>(KEY_UP);
	const talking = $derived(key.name === 'talking');
	/** See `keyPlace`. */
	let byPointer: Element | null = null;
	/** What was used last was no key. */
	let pressing = false;

	function move(event: TalkKeyEvent): void {
		const before = key.name;
		key = nextTalkKey(key, event);
		if (key.name === before) return;
		bridge.room?.talk(key.name === 'talking');
		if (key.name === 'spent') announcer.announce('You are muted again');
	}
	const interrupt = () => move({ type: 'interrupted' });

	/** Asks the room itself: what the page shows is a moment old. */
	function mayTalk(): boolean {
		return bridge.gate !== 'connecting' && bridge.room?.view().devices.microphone.name === 'muted';
	}

	function take(event: KeyboardEvent): void {
		event.preventDefault();
		event.stopPropagation();
	}

	function onkeydown(event: KeyboardEvent): void {
		pressing = false;
		if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
		const shortcut = shortcutOf(event, keyPlace(event.target, byPointer), singleKeys.on);
		const at = performance.now();
		if (event.key === ' ' && event.repeat) {
			if (key.name === 'up') return;
			// It goes on meaning the talk, not a blank in the field that has the focus now.
			take(event);
			move({ type: 'down', at, repeat: true, mayTalk: shortcut === 'talk' });
		} else if (event.key === ' ') {
			const begins = shortcut === 'talk' && (key.name === 'talking' || mayTalk());
			if (begins) take(event);
			move({ type: 'down', at, repeat: false, mayTalk: begins });
		} else if (key.name === 'talking') {
			// Some systems tell nothing more of the first key. What the second one would do waits for another press.
			interrupt();
		} else if (shortcut && shortcut !== 'talk') {
			take(event);
			if (event.repeat) return;
			const { unavailable, said, run } = actions()[shortcut];
			if (unavailable === undefined) run();
			const words = unavailable ?? said;
			if (words) announcer.announce(words);
		}
	}

	function onkeyup(event: KeyboardEvent): void {
		if (event.key !== ' ' || key.name === 'up') return;
		// Some browsers press a button at the release, whatever became of the press.
		take(event);
		move({ type: 'up' });
	}

	function onfocusin({ target }: FocusEvent): void {
		byPointer = pressing && target instanceof Element ? target : null;
		const place = keyPlace(target, byPointer);
		if (place === 'taken' || place === 'drawing') interrupt();
	}

	$effect(() => {
		const stop = new AbortController();
		const { signal } = stop;
		const early = { signal, capture: true };
		addEventListener('keydown', onkeydown, early);
		addEventListener('keyup', onkeyup, early);
		addEventListener('pointerdown', () => (pressing = true), early);
		addEventListener('focusin', onfocusin, early);
		for (const type of ['blur', 'pagehide', 'beforeunload', 'contextmenu', 'dragstart'])
			addEventListener(type, interrupt, { signal });
		for (const type of ['visibilitychange', 'freeze', 'fullscreenchange'])
			document.addEventListener(type, interrupt, { signal });
		navigator.mediaDevices?.addEventListener('devicechange', interrupt, { signal });
		return () => {
			interrupt();
			stop.abort();
		};
	});

	// Another line, another microphone, or none.
	let heard = false;
	$effect(() => {
		const isOn = bridge.view.devices.microphone.name === 'on';
		const isSafe = bridge.view.connection.name === 'live' && bridge.gate !== 'connecting';
		if (!talking) heard = false;
		else if (heard && !(isOn && isSafe)) interrupt();
		else heard = isOn && isSafe;
	});

	$effect(() => {
		if (!talking) return;
		const looking = setInterval(() => move({ type: 'tick', at: performance.now() }), LOOK_AT_KEY);
		return () => clearInterval(looking);
	});

	return {
		get talking() {
			return talking;
		}
	};
}
