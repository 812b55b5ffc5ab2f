import type { Clock, Stop } from '../../../../lib/room/ports.ts';

/** How long a test recording takes, seconds. */
export const RECORDED = 6;

/** A test recording of one's own voice. */
export type RecordState =
	| { name: 'idle' }
	/** Seconds that are left. */
	| { name: 'recording'; left: number }
	| { name: 'playing' }
	| { name: 'played' }
	| { name: 'failed' };

/** Something that is being recorded. */
export interface Recording {
	/** Ends it; resolves with what was recorded. */
	finish(): Promise<Blob>;
	/** Throws it away. */
	cancel(): void;
}

export interface RecordTest {
	/** Records six seconds and plays them back. One that runs is thrown away. */
	start(): void;
	stop(): void;
}

/**
 * @param record begins a recording; throws where there is no microphone or the browser cannot record
 * @param play resolves when it is over; stops when the signal says so
 */
export function createRecordTest(deps: {
	clock: Pick<Clock, 'every'>;
	record: () => Recording;
	play: (sound: Blob, signal: AbortSignal) => Promise<void>;
	onState: (state: RecordState) => void;
}): RecordTest {
	const { clock, record, play, onState } = deps;
	let running: { recording: Recording | null; stopTicking: Stop; playing: AbortController } | null = null;

	function cancel(): void {
		running?.stopTicking();
		running?.recording?.cancel();
		running?.playing.abort();
		running = null;
	}

	async function playBack(current: NonNullable<typeof running>): Promise<void> {
		current.stopTicking();
		const { recording, playing } = current;
		current.recording = null;
		try {
			const sound = await recording!.finish();
			if (running !== current) return;
			onState({ name: 'playing' });
			await play(sound, playing.signal);
			if (running === current) onState({ name: 'played' });
		} catch {
			if (running === current) onState({ name: 'failed' });
		}
	}

	return {
		start() {
			cancel();
			let recording: Recording;
			try {
				recording = record();
			} catch {
				return onState({ name: 'failed' });
			}
			let left = RECORDED;
			const current = { recording, playing: new AbortController(), stopTicking: () => {} };
			running = current;
			onState({ name: 'recording', left });
			current.stopTicking = clock.every(1_000, () => {
				left -= 1;
				if (left > 0) onState({ name: 'recording', left });
				else void playBack(current);
			});
		},
		stop() {
			if (running === null) return;
			cancel();
			onState({ name: 'idle' });
		}
	};
}
