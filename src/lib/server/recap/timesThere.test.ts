import { expect, test } from 'vitest';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import { timesThere } from './timesThere.ts';

/** In seconds. */
function stay(from: number, to: number | null, deviceTrouble: DeviceTrouble | null = null, heartbeat = from) {
	return {
		joinedAt: new Date(from * 1_000),
		leftAt: to === null ? null : new Date(to * 1_000),
		heartbeatAt: new Date(heartbeat * 1_000),
		deviceTrouble
	};
}

const time = (from: number, to: number, deviceTrouble: DeviceTrouble | null = null) => ({
	from: from * 1_000,
	to: to * 1_000,
	deviceTrouble
});

test('[F9] a reload or a second tab is no absence, a longer time away is', () => {
	expect(timesThere([])).toEqual([]);
	expect(timesThere([stay(0, 100), stay(100, 200), stay(260, 300)])).toEqual([time(0, 300)]);
	expect(timesThere([stay(400, 500), stay(0, 300)])).toEqual([time(0, 300), time(400, 500)]);
	expect(timesThere([stay(0, 500), stay(100, 200)])).toEqual([time(0, 500)]);
	expect(timesThere([stay(0, null, null, 90)])).toEqual([time(0, 90)]);
});

test('[F9] what counts of the devices is how it was in the end', () => {
	const denied = { camera: 'denied', microphone: 'denied' } as const;
	expect(timesThere([stay(0, 100, denied), stay(100, 200)])).toEqual([time(0, 200)]);
	expect(timesThere([stay(0, 100), stay(101, 200, denied)])).toEqual([time(0, 200, denied)]);
	expect(timesThere([stay(0, 500, denied), stay(100, 200)])).toEqual([time(0, 500, denied)]);
	expect(timesThere([stay(0, 100, denied), stay(900, 950)])).toEqual([time(0, 100, denied), time(900, 950)]);
});
