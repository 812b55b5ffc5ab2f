import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presentSeconds } from './recapService.ts';

const at = (seconds: number) => new Date(seconds * 1000);
const stay = (from: number, to: number | null, heartbeat = to ?? from) => ({
	joinedAt: at(from),
	leftAt: to === null ? null : at(to),
	heartbeatAt: at(heartbeat)
});
const session = { startedAt: at(100), endedAt: at(200) };

describe('[F6] attendance in the recap', () => {
	test('counts only the live time, and two tabs at once only once', () => {
		expect(presentSeconds([stay(50, 150)], session)).toBe(50);
		expect(presentSeconds([stay(110, 150), stay(120, 170)], session)).toBe(60);
		expect(presentSeconds([stay(10, 90)], session)).toBe(0);
		expect(presentSeconds([stay(150, null, 180)], session)).toBe(30);
	});

	test('a session that never started has no attendance time', () => {
		expect(presentSeconds([stay(0, 100)], { startedAt: null, endedAt: null })).toBe(0);
	});

	test('never more than the lesson itself, in whatever order the stays come', () => {
		const stays = fc.array(
			fc.tuple(fc.nat(400), fc.nat(400)).map(([a, b]) => stay(Math.min(a, b), Math.max(a, b)))
		);
		fc.assert(
			fc.property(stays, (list) => {
				const seconds = presentSeconds(list, session);
				expect(seconds).toBeLessThanOrEqual(100);
				expect(presentSeconds([...list].reverse(), session)).toBe(seconds);
			})
		);
	});
});
