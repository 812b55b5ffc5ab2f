import { expect, test } from 'vitest';
import { hasRelay, isHopeless, isReached } from './firstMedia.ts';

const report = (...stats: object[]) =>
	new Map(stats.map((stat, nth) => [`${nth}`, stat])) as unknown as RTCStatsReport;
const candidate = (type: string, candidateType: string) => ({ type, candidateType });

test('[N5] a relay counts only when it is this side’s', () => {
	expect(hasRelay(report(candidate('local-candidate', 'host'), candidate('remote-candidate', 'relay')))).toBe(
		false
	);
	expect(hasRelay(report(candidate('local-candidate', 'host'), candidate('local-candidate', 'relay')))).toBe(
		true
	);
});

test('[N5] a call without a single pair is hopeless, and one that is answered on its way is not given up', () => {
	expect(isHopeless(report(candidate('local-candidate', 'host')))).toBe(true);
	expect(isHopeless(report({ type: 'candidate-pair', responsesReceived: 0 }))).toBe(false);
	expect(isReached(report({ type: 'candidate-pair', responsesReceived: 0 }))).toBe(false);
	expect(isReached(report({ type: 'candidate-pair', responsesReceived: 1 }))).toBe(true);
});
