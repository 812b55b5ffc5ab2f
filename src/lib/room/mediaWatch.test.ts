import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	flowOf,
	isHeard,
	sampleOf,
	SAMPLE_EVERY,
	SILENCE,
	watchMedia,
	type MediaWatch
} from './mediaWatch.ts';

/** Looks at a call: `[ms since the look before, packets since then]`. */
function look(steps: readonly (readonly [number, number])[], start = 1_000): MediaWatch {
	let at = start;
	let packets = 100;
	let watch = watchMedia(null, { at, packets, frames: packets, reports: packets });
	for (const [ms, more] of steps) {
		at += ms;
		packets += more;
		watch = watchMedia(watch, { at, packets, frames: packets, reports: packets });
	}
	return watch;
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('[T4] two seconds without a packet are silence, not before', () => {
	expect(flowOf(look([[500, 5], ...times(3, [500, 0] as const)])).name).toBe('flowing');
	expect(flowOf(look([[500, 5], ...times(4, [500, 0] as const)]))).toEqual({ name: 'silent', since: 1_500 });
	expect(flowOf(look([...times(9, [500, 0] as const), [500, 1]])).name).toBe('flowing');
});

test('[P9] a laptop that slept, and a clock that was set, are not silence', () => {
	for (const gap of [30 * 60_000, 5_000, -12 * 3_600_000])
		expect(
			flowOf(
				look([
					[500, 9],
					[gap, 0]
				])
			).name,
			String(gap)
		).toBe('flowing');
});

test('[P9] a tab in the background, looked at once a second, finds silence too', () => {
	expect(flowOf(look(times(3, [1_000, 0] as const))).name).toBe('silent');
});

test('packets without new pictures for five seconds are a frozen picture', () => {
	let watch: MediaWatch | null = null;
	for (let i = 0; i <= 10; i += 1)
		watch = watchMedia(watch, { at: i * 500, packets: i, frames: 7, reports: i });
	expect(flowOf(watch!)).toEqual({ name: 'frozen', since: 0 });
});

test('[T4] the other direction is heard as long as reports come', () => {
	expect(isHeard(look(times(23, [500, 0] as const)))).toBe(true);
	expect(isHeard(look(times(24, [500, 0] as const)))).toBe(false);
});

test('silence is exactly: the regular looks since the last packet span two seconds', () => {
	const step = fc.tuple(
		fc.oneof(
			{ weight: 6, arbitrary: fc.constant(SAMPLE_EVERY) },
			{ weight: 1, arbitrary: fc.integer({ min: -100_000, max: 10_000_000 }) }
		),
		fc.nat({ max: 2 })
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
			let quiet = 0;
			for (const [ms, packets] of steps) {
				const counted = ms > 1_700 || ms < 0 ? SAMPLE_EVERY : ms;
				quiet = packets > 0 ? 0 : quiet + counted;
			}
			expect(flowOf(look(steps)).name === 'silent').toBe(quiet >= SILENCE);
		}),
		{ numRuns: 1_000 }
	);
});

test('a sample adds up sound and pictures', () => {
	const report = new Map<string, object>([
		['a', { type: 'inbound-rtp', kind: 'audio', packetsReceived: 10 }],
		['v', { type: 'inbound-rtp', kind: 'video', packetsReceived: 5, framesDecoded: 3 }],
		['r', { type: 'remote-inbound-rtp', roundTripTimeMeasurements: 4 }],
		['o', { type: 'outbound-rtp', packetsSent: 99 }]
	]) as unknown as RTCStatsReport;
	expect(sampleOf(report, 7)).toEqual({ at: 7, packets: 15, frames: 3, reports: 4 });
});
