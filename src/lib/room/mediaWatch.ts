/** Between two looks at a call, ms. */
export const SAMPLE_EVERY = 500;
/** So long without a packet is trouble, whatever the states of ICE say (spec T4), ms. */
export const SILENCE = 2_000;
/** So long without a new picture, while packets come in, is a frozen one, ms. */
const FREEZE = 5_000;
/** The other side reports about what it gets at least every five seconds (RFC 3550, 6.2); two reports may get lost. */
const UNHEARD = 12_000;
/** Looks further apart than this say nothing about the time between: the tab was throttled or the laptop slept, ms. */
const GAP = 1_700;

/** What had come in, and what the other side had said, at one moment. */
export interface MediaSample {
	/** ms */
	at: number;
	/** Packets of sound and pictures. Something is always sent, be it silence and a black picture. */
	packets: number;
	/** Decoded pictures. */
	frames: number;
	/** Reports of the other side about what it gets from here. */
	reports: number;
}

/** Each instant is when the figure last changed, moved on by gaps nobody looked into. */
export interface MediaWatch {
	last: MediaSample;
	packetsAt: number;
	framesAt: number;
	reportsAt: number;
}

/** What comes in over one call. `since`: when the last packet or picture came, ms. */
export type Flow =
	{ name: 'flowing' } | { name: 'frozen'; since: number } | { name: 'silent'; since: number };

/** The next state of a watch; `before` is null at the first look. */
export function watchMedia(before: MediaWatch | null, sample: MediaSample): MediaWatch {
	const { at } = sample;
	if (!before) return { last: sample, packetsAt: at, framesAt: at, reportsAt: at };
	const passed = at - before.last.at;
	// A clock that was set back is a gap too. One interval of a gap counts, so that rare looks find silence at last.
	const skipped = passed > GAP || passed < 0 ? passed - SAMPLE_EVERY : 0;
	const instant = (key: 'packets' | 'frames' | 'reports', was: number) =>
		sample[key] !== before.last[key] ? at : was + skipped;
	return {
		last: sample,
		packetsAt: instant('packets', before.packetsAt),
		framesAt: instant('frames', before.framesAt),
		reportsAt: instant('reports', before.reportsAt)
	};
}

export function flowOf({ last, packetsAt, framesAt }: MediaWatch): Flow {
	if (last.at - packetsAt >= SILENCE) return { name: 'silent', since: packetsAt };
	return last.at - framesAt >= FREEZE ? { name: 'frozen', since: framesAt } : { name: 'flowing' };
}

/** Whether the other side still says that something comes in from here; where it never said so, it counts as yes. */
export function isHeard({ last, reportsAt }: MediaWatch): boolean {
	return last.reports === 0 || last.at - reportsAt < UNHEARD;
}

interface Stat {
	type: string;
	packetsReceived?: number;
	framesDecoded?: number;
	roundTripTimeMeasurements?: number;
}

/** `at`: when the report was made, ms. */
export function sampleOf(report: RTCStatsReport, at: number): MediaSample {
	const sample: MediaSample = { at, packets: 0, frames: 0, reports: 0 };
	report.forEach((entry: Stat) => {
		if (entry.type === 'inbound-rtp') {
			sample.packets += entry.packetsReceived ?? 0;
			sample.frames += entry.framesDecoded ?? 0;
		} else if (entry.type === 'remote-inbound-rtp') sample.reports += entry.roundTripTimeMeasurements ?? 0;
	});
	return sample;
}
