import type { Clock, Stop } from './ports.ts';

/** A track that the system keeps silent for longer than this is told, ms: a change of the sound card mutes it shortly. */
const PAUSED_AFTER = 3_000;

/** Looks after the track of a device until it ends or is let go. */
export function watchTrack(
	track: MediaStreamTrack,
	clock: Clock,
	listeners: {
		/** Unplugged, taken away, or permission revoked; `stop()` does not come here. */
		onEnded: () => void;
		/** The system gives nothing any more, though the device is held: a shutter, a key, another call. */
		onPaused: () => void;
		onResumed: () => void;
	}
): Stop {
	let paused = false;
	let stopWaiting: Stop | null = null;

	function muted(): void {
		stopWaiting ??= clock.after(PAUSED_AFTER, () => {
			stopWaiting = null;
			paused = true;
			listeners.onPaused();
		});
	}

	function unmuted(): void {
		stopWaiting?.();
		stopWaiting = null;
		if (!paused) return;
		paused = false;
		listeners.onResumed();
	}

	function ended(): void {
		stop();
		listeners.onEnded();
	}

	function stop(): void {
		stopWaiting?.();
		stopWaiting = null;
		track.removeEventListener('ended', ended);
		track.removeEventListener('mute', muted);
		track.removeEventListener('unmute', unmuted);
	}

	track.addEventListener('ended', ended);
	track.addEventListener('mute', muted);
	track.addEventListener('unmute', unmuted);
	if (track.muted) muted();
	return stop;
}
