import { barOf, foldHearing, type Hearing } from '$lib/room/levels/hearing.ts';
import type { DeviceBridge } from './deviceBridge.ts';

/** One's own microphone, while the component that made this is on the page. */
export interface OwnHearing {
	/** Null while there is no microphone. */
	readonly hearing: Hearing | null;
	/** Where the bar ends, 0 to 1. */
	readonly bar: number;
}

export function createHearing(bridge: DeviceBridge): OwnHearing {
	let hearing = $state.raw<Hearing | null>(null);
	let bar = $state(0);
	const room = $derived(bridge.room);
	const name = $derived(bridge.view.devices.microphone.name);
	const held = $derived(name === 'on' || name === 'muted');
	/** Another microphone is to be heard anew. */
	const which = $derived(bridge.view.devices.using.microphone);

	$effect(() => {
		void which;
		hearing = null;
		bar = 0;
		if (!room || !held) return;
		let now: Hearing | null = null;
		let current = true;
		let stop = () => {};
		const watch = () => {
			if (!current) return;
			stop = room.watchMicrophone((level) => {
				now = foldHearing(now, level, performance.now());
				hearing = now;
				bar = barOf(level);
			});
		};
		// Fetched with this panel, for the room that was open then.
		room.prepareDesk().then(watch, () => undefined);
		return () => {
			current = false;
			stop();
		};
	});
	return {
		get hearing() {
			return hearing;
		},
		get bar() {
			return bar;
		}
	};
}

/** The meter in words. */
export function hearingWords(hearing: Hearing | null, muted: boolean): string {
	switch (hearing?.name) {
		case undefined:
		case 'listening':
			return 'Say something…';
		case 'heard':
			return muted ? 'We hear you. The others do not: you are muted.' : 'We hear you.';
		case 'nothing':
			return 'We hear nothing yet: speak up, look for a mute switch on the microphone, or choose another one.';
		case 'blocked':
			return 'Click anywhere, and the meter starts.';
	}
}
