import { expect, test } from 'vitest';
import type { Health } from '../../../lib/room/health.ts';
import { stripsOf } from './roomStrip.ts';

const works = { chat: true, call: true };
const WEAK = 'Your connection is weak.';
const offline: Health = { name: 'offline', works };
const socket: Health = { name: 'socket', side: 'server', works };

test('[T7] without a network that is what is said, and nothing of a weak line beside it', () => {
	for (const weak of [null, WEAK])
		expect(stripsOf(offline, weak)).toEqual({ narrow: { kind: 'offline' }, wide: { kind: 'offline' } });
});

test('[T2] [T5] a lost server takes the strip where the header is too narrow to say it', () => {
	const lost = { kind: 'socket', callGoesOn: true };
	expect(stripsOf(socket, null)).toEqual({ narrow: lost, wide: null });
	expect(stripsOf(socket, WEAK)).toEqual({ narrow: lost, wide: { kind: 'weak', words: WEAK } });
});

test('[T5] a weak line is said whatever else is well or wrong', () => {
	const weak = { kind: 'weak', words: WEAK };
	for (const health of [
		{ name: 'fine', works },
		{ name: 'peerServer', works }
	] satisfies Health[]) {
		expect(stripsOf(health, WEAK)).toEqual({ narrow: weak, wide: weak });
		expect(stripsOf(health, null)).toEqual({ narrow: null, wide: null });
	}
});
