import { wakeWithGesture } from './wakeWithGesture.ts';

/** Samples a second, and in one packet's worth of sound (10 ms). */
const RATE = 48_000;
const FRAMES = 480;
const FRAME_MS = 10;
const PUMP_MS = 20;
/** After a long pause (a page in the background) no more than this much silence is made up for, ms. */
const CATCH_UP_MS = 1_000;

/** Chromium's source of tracks that a page writes itself. */
type TrackGenerator = new (init: {
	kind: 'audio';
}) => MediaStreamTrack & { writable: WritableStream<AudioData> };

/**
 * A track of silence that is sent from the first moment on. An `AudioContext` makes one everywhere, but browsers
 * hold it back until the person has touched the page, and nothing is sent until then (measured: no packet at all).
 * Where a page may write sound itself, it does.
 */
export function makeSilence(): MediaStreamTrack {
	const Generator = (window as { MediaStreamTrackGenerator?: TrackGenerator } & Window)
		.MediaStreamTrackGenerator;
	return Generator ? written(new Generator({ kind: 'audio' })) : synthesised();
}

function written(track: InstanceType<TrackGenerator>): MediaStreamTrack {
	const writer = track.writable.getWriter();
	const startedAt = performance.now();
	let sentMs = 0;
	const pump = setInterval(() => {
		if (track.readyState === 'ended') {
			clearInterval(pump);
			return;
		}
		const due = performance.now() - startedAt;
		sentMs = Math.max(sentMs, due - CATCH_UP_MS);
		for (; sentMs < due; sentMs += FRAME_MS) {
			const data = new AudioData({
				format: 'f32-planar',
				sampleRate: RATE,
				numberOfFrames: FRAMES,
				numberOfChannels: 1,
				timestamp: Math.round(sentMs * 1000),
				data: new Float32Array(FRAMES)
			});
			// Rejected once the track has ended.
			writer.write(data).catch(() => undefined);
		}
	}, PUMP_MS);
	return track;
}

function synthesised(): MediaStreamTrack {
	const context = new AudioContext();
	const source = new ConstantSourceNode(context, { offset: 0 });
	const destination = context.createMediaStreamDestination();
	source.connect(destination);
	source.start();
	const track = destination.stream.getAudioTracks()[0];
	if (!track) throw new Error('An audio destination without a track');
	wakeWithGesture(context);
	const stop = track.stop.bind(track);
	// Nothing tells an audio context that its only track was stopped, and browsers allow few contexts.
	track.stop = () => {
		stop();
		void context.close().catch(() => undefined);
	};
	return track;
}
