import type { Recording } from './recordTest.ts';

/** Of the test sound: a rising chord, each note a moment after the one before; Hz. */
const NOTES = [523.25, 659.25, 783.99];
const STEP = 0.16;
const NOTE = 0.9;
/** Loud enough for a laptop, not for a fright in headphones. */
const VOLUME = 0.16;

/** Plays a short, friendly sound; `speaker` as a device id, null for the system's choice. Resolves when it is over. */
export function playChime(speaker: string | null, signal: AbortSignal): Promise<void> {
	return play(speaker, signal, (context, out) => {
		const now = context.currentTime + 0.05;
		const last = NOTES.map((frequency, nth) => {
			const start = now + nth * STEP;
			const volume = new GainNode(context, { gain: 0 });
			const tone = new OscillatorNode(context, { frequency, type: 'sine' });
			volume.gain.setValueAtTime(0, start);
			volume.gain.linearRampToValueAtTime(VOLUME, start + 0.02);
			volume.gain.exponentialRampToValueAtTime(0.0001, start + NOTE);
			tone.connect(volume).connect(out);
			tone.start(start);
			tone.stop(start + NOTE);
			return tone;
		}).at(-1)!;
		return last;
	});
}

/** Plays what was recorded. Decoded here, because a recording has no length that players could read. */
export function playRecording(sound: Blob, speaker: string | null, signal: AbortSignal): Promise<void> {
	return play(speaker, signal, async (context, out) => {
		const buffer = await context.decodeAudioData(await sound.arrayBuffer());
		const source = new AudioBufferSourceNode(context, { buffer });
		source.connect(out);
		source.start();
		return source;
	});
}

/** An audio element is what browsers let a page choose the speaker of. Rejects when nothing can be played. */
async function play(
	speaker: string | null,
	signal: AbortSignal,
	begin: (
		context: AudioContext,
		out: AudioNode
	) => AudioScheduledSourceNode | Promise<AudioScheduledSourceNode>
): Promise<void> {
	const context = new AudioContext();
	const element = new Audio();
	try {
		const destination = new MediaStreamAudioDestinationNode(context);
		element.srcObject = destination.stream;
		if (speaker !== null && 'setSinkId' in element) await element.setSinkId(speaker);
		await element.play();
		const source = await begin(context, destination);
		if (signal.aborted) return;
		await new Promise<void>((resolve) => {
			source.addEventListener('ended', () => resolve());
			signal.addEventListener('abort', () => resolve());
		});
		// What is in the element's buffer still sounds.
		if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 150));
	} finally {
		element.srcObject = null;
		void context.close().catch(() => undefined);
	}
}

/** Records a microphone, muted or not; throws where the browser cannot. */
export function recordSound(microphone: MediaStreamTrack): Recording {
	const copy = microphone.clone();
	copy.enabled = true;
	const parts: Blob[] = [];
	let recorder: MediaRecorder;
	try {
		recorder = new MediaRecorder(new MediaStream([copy]));
		recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
		recorder.start();
	} catch (error) {
		copy.stop();
		throw error;
	}
	return {
		finish: () =>
			new Promise((resolve, reject) => {
				const done = () => {
					copy.stop();
					if (parts.some(({ size }) => size > 0)) resolve(new Blob(parts, { type: recorder.mimeType }));
					else reject(new DOMException('Nothing was recorded', 'NotReadableError'));
				};
				// A microphone that was pulled out has ended it already.
				if (recorder.state === 'inactive') return done();
				recorder.addEventListener('stop', done);
				recorder.stop();
			}),
		cancel() {
			if (recorder.state !== 'inactive') recorder.stop();
			copy.stop();
		}
	};
}
