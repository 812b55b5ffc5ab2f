import fc from 'fast-check';
import { expect, test } from 'vitest';
import { track, type FigureTrack } from './qualityFigures.ts';

/** What happened in one look of half a second. */
interface Look {
	received: number;
	lost: number;
	/** The other side reported this share of lost packets; null: no report. */
	reported: number | null;
	frames: number;
}

/** A report with these totals, as Chromium makes it. */
function reportOf(totals: {
	received: number;
	lost: number;
	reports: number;
	fraction: number;
	frames: number;
}) {
	const stats = [
		{ id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
		{ id: 'P', type: 'candidate-pair', currentRoundTripTime: 0.05, availableOutgoingBitrate: 900_000 },
		{ id: 'P2', type: 'candidate-pair', currentRoundTripTime: 9, availableOutgoingBitrate: 1 },
		{
			...{ id: 'IA', type: 'inbound-rtp', kind: 'audio', jitter: 0.012 },
			...{ packetsReceived: totals.received, packetsLost: totals.lost, bytesReceived: totals.received * 100 },
			...{ concealedSamples: totals.lost * 960, silentConcealedSamples: 0 },
			totalSamplesReceived: (totals.received + totals.lost) * 960
		},
		{ id: 'IV', type: 'inbound-rtp', kind: 'video', framesDecoded: totals.frames, frameWidth: 640 },
		{
			...{ id: 'OV', type: 'outbound-rtp', kind: 'video', bytesSent: totals.received * 1_000 },
			...{ framesEncoded: totals.frames, qualityLimitationReason: 'bandwidth' }
		},
		{
			...{ id: 'RV', type: 'remote-inbound-rtp', kind: 'video', fractionLost: totals.fraction },
			roundTripTimeMeasurements: totals.reports
		}
	];
	return new Map(stats.map((stat) => [stat.id, stat])) as unknown as RTCStatsReport;
}

function follow(looks: readonly Look[], every = 500): FigureTrack {
	const totals = { received: 100, lost: 0, reports: 1, fraction: 0, frames: 10 };
	let at = 10_000;
	let result = track(null, reportOf(totals), at);
	for (const look of looks) {
		at += every;
		totals.received += look.received;
		totals.lost += look.lost;
		totals.frames += look.frames;
		if (look.reported !== null) {
			totals.reports += 1;
			totals.fraction = look.reported;
		}
		result = track(result, reportOf(totals), at);
	}
	return result;
}

const look: fc.Arbitrary<Look> = fc.record({
	received: fc.nat({ max: 60 }),
	lost: fc.nat({ max: 60 }),
	reported: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
	frames: fc.nat({ max: 15 })
});
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('[M3] a steady call gives its own figures', () => {
	const { figures } = follow(times(40, { received: 45, lost: 5, reported: 0.2, frames: 10 }));
	expect(figures.lossIn).toBeCloseTo(0.1, 2);
	expect(figures.lossOut).toBeCloseTo(0.2, 2);
	expect(figures.concealed).toBeCloseTo(0.1, 2);
	expect(figures.pictureIn.rate).toBeCloseTo(20, 0);
	expect(figures.pictureIn.width).toBe(640);
	expect(figures.bitsIn).toBeCloseTo(45 * 100 * 8 * 2, -3);
	expect(figures).toMatchObject({ available: 900_000, limitation: 'bandwidth' });
	// Of the pair that is used, not of another one.
	expect(figures.roundTrip).toBeCloseTo(50);
	expect(figures.jitter).toBeCloseTo(12);
});

test('[M3] one noisy report among quiet ones is averaged, and an old one counts once', () => {
	const quiet = { received: 50, lost: 0, reported: 0, frames: 10 };
	const { figures } = follow([...times(12, quiet), { ...quiet, reported: 1 }, ...times(12, quiet)]);
	expect(figures.lossOut).toBeLessThan(0.05);
	// As of a picture that is paused: what was said last about it is not said again and again.
	const bad = [...times(12, quiet), { ...quiet, reported: 1 }];
	const paused = follow([...bad, ...times(30, { ...quiet, reported: null })]);
	expect(paused.figures.lossOut).toBeCloseTo(follow(bad).figures.lossOut ?? 0);
	const mended = follow([...bad, ...times(30, { ...quiet, reported: null }), quiet]);
	expect(mended.figures.lossOut).toBeLessThan(0.06);
});

test('whatever comes, shares are shares and nothing is negative', () => {
	fc.assert(
		fc.property(fc.array(look, { maxLength: 40 }), fc.integer({ min: 1, max: 5_000 }), (looks, every) => {
			const { figures } = follow(looks, every);
			for (const share of [figures.lossIn, figures.lossOut, figures.concealed])
				if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
			for (const value of [figures.bitsIn, figures.bitsOut, figures.pictureIn.rate, figures.freezes])
				expect(value ?? 0).toBeGreaterThanOrEqual(0);
		})
	);
});

test('[P9] a clock that is set back, and another connection, begin anew', () => {
	const before = follow(times(10, { received: 25, lost: 25, reported: 0.5, frames: 1 }));
	const totals = { received: 9_000, lost: 0, reports: 9, fraction: 0, frames: 1 };
	expect(track(before, reportOf(totals), 1_000).figures.lossIn).toBeNull();
	expect(track(before, reportOf({ ...totals, received: 1 }), 90_000).figures.lossIn).toBeNull();
});
