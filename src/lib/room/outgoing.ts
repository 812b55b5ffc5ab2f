import type { Devices } from './ports.ts';

/** What the calls send: exactly one audio and one video track, placeholders where a device is missing (spec C8). */
export interface Outgoing {
	stream(): MediaStream;
	/** Silence and blackness only, for calls that are set up before anybody is to be seen. */
	blank(): MediaStream;
	/** The devices are others now: tells about tracks that change. Before the first `stream` nothing is sent. */
	refresh(): void;
	/** Lets go of the placeholders. */
	release(): void;
}

export function createOutgoing(
	devices: Devices,
	deps: {
		/** What the devices give; null where there is nothing. */
		tracks: () => { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };
		/** Calls have to send this from now on. */
		onTrack: (kind: 'audio' | 'video', track: MediaStreamTrack) => void;
	}
): Outgoing {
	let placeholders: ReturnType<Devices['placeholder']> | null = null;
	let blank: MediaStream | null = null;
	let sent: { audio: MediaStreamTrack; video: MediaStreamTrack; stream: MediaStream } | null = null;

	function pick(): { audio: MediaStreamTrack; video: MediaStreamTrack } {
		placeholders ??= devices.placeholder();
		const { audio, video } = deps.tracks();
		return { audio: audio ?? placeholders.audio, video: video ?? placeholders.video };
	}

	return {
		stream() {
			if (sent === null) {
				const { audio, video } = pick();
				sent = { audio, video, stream: devices.compose([audio, video]) };
			}
			return sent.stream;
		},
		blank() {
			placeholders ??= devices.placeholder();
			return (blank ??= devices.compose([placeholders.audio, placeholders.video]));
		},
		refresh() {
			if (sent === null) return;
			const { audio, video } = pick();
			const before = sent;
			if (audio === before.audio && video === before.video) return;
			sent = { audio, video, stream: devices.compose([audio, video]) };
			if (audio !== before.audio) deps.onTrack('audio', audio);
			if (video !== before.video) deps.onTrack('video', video);
		},
		release() {
			placeholders?.audio.stop();
			placeholders?.video.stop();
			placeholders = null;
			blank = null;
			sent = null;
		}
	};
}
