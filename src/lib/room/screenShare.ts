import { failureOf } from './devices.ts';
import type { Devices } from './ports.ts';

/** The shared screen: asked for in the browser's picker, ended here or in the browser's own bar. */
export interface ScreenShare {
	track(): MediaStreamTrack | null;
	start(): Promise<void>;
	stop(): void;
	/** Lets go without a word. */
	release(): void;
}

export function shareScreen(
	devices: Devices,
	listeners: { onState: (state: 'off' | 'asking' | 'on') => void; onTrouble: () => void }
): ScreenShare {
	let state: 'off' | 'asking' | 'on' = 'off';
	let held: MediaStreamTrack | null = null;
	/** Grows with each wish, so that an answer to an older one is recognised and dropped. */
	let wish = 0;

	function set(next: typeof state): void {
		state = next;
		listeners.onState(state);
	}

	function stop(): void {
		if (state === 'off') return;
		const track = held;
		wish += 1;
		held = null;
		set('off');
		track?.stop();
	}

	return {
		track: () => held,
		async start() {
			if (state !== 'off') return;
			const turn = ++wish;
			set('asking');
			try {
				const stream = await devices.openScreen();
				const track = stream.getVideoTracks()[0];
				if (wish !== turn || !track) {
					stream.getTracks().forEach((unwanted) => unwanted.stop());
					if (wish === turn) set('off');
					return;
				}
				held = track;
				// The browser's own bar ends the track (spec C5).
				track.addEventListener('ended', () => {
					if (held === track) stop();
				});
				set('on');
			} catch (error) {
				if (wish !== turn) return;
				set('off');
				// Closing the picker is the person's own choice and no trouble.
				if (failureOf(error) !== 'denied') listeners.onTrouble();
			}
		},
		stop,
		release() {
			wish += 1;
			held?.stop();
			held = null;
			state = 'off';
		}
	};
}
