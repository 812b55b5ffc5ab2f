import type { LevelSource } from '../ports.ts';
import { wakeWithGesture } from './wakeWithGesture.ts';

/** How much sound a look takes in, samples: more than comes between two looks, so that no short sound is missed. */
const WINDOW = 8_192;
/** The loudest part of the window counts; its length, samples. */
const PART = 1_024;

/**
 * Measures a copy of a track, which goes on while the track itself is disabled: whoever is muted can be told that they
 * speak. The copy holds the device, so it has to be stopped with the track.
 */
export function measureTrack(track: MediaStreamTrack): LevelSource {
	const copy = track.clone();
	copy.enabled = true;
	let context: AudioContext;
	let analyser: AnalyserNode;
	try {
		context = new AudioContext();
		analyser = new AnalyserNode(context, { fftSize: WINDOW });
		new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([copy]) }).connect(analyser);
	} catch {
		// No more contexts, or a sound card that a page may not measure: the microphone itself works on.
		return { level: () => null, stop: () => copy.stop() };
	}
	const samples = new Float32Array(WINDOW);
	const stopWaking = wakeWithGesture(context);
	return {
		level() {
			if (context.state !== 'running') return null;
			analyser.getFloatTimeDomainData(samples);
			return loudestPart(samples);
		},
		stop() {
			stopWaking();
			copy.stop();
			void context.close().catch(() => undefined);
		}
	};
}

function loudestPart(samples: Float32Array): number {
	let loudest = 0;
	for (let start = 0; start < samples.length; start += PART) {
		let sum = 0;
		for (const sample of samples.subarray(start, start + PART)) sum += sample * sample;
		loudest = Math.max(loudest, sum / PART);
	}
	return Math.sqrt(loudest);
}
