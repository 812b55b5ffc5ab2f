import { expect, test } from 'vitest';
import { secondsThere, timesInWords } from './attendanceWords.ts';

const at = (hours: number, minutes: number) => Date.UTC(2026, 6, 14, hours, minutes);
const there = { from: at(8, 2), to: at(8, 31), deviceTrouble: null };

test('[F9] who waited, from when to when, and with what trouble', () => {
	expect(timesInWords([], 'UTC')).toEqual([]);
	expect(timesInWords([there], 'Europe/Berlin')).toEqual(['10:02 – 10:31']);
	const denied = { camera: 'denied', microphone: 'denied' } as const;
	expect(timesInWords([{ ...there, deviceTrouble: denied }], 'Europe/Berlin')).toEqual([
		'10:02 – 10:31, without camera or microphone: the permission was denied'
	]);
	expect(timesInWords([{ ...there, deviceTrouble: { microphone: 'gone' } }], 'UTC')).toEqual([
		'08:02 – 08:31, without microphone (unplugged or switched off)'
	]);
	expect(timesInWords([{ ...there, deviceTrouble: { camera: 'busy', microphone: 'gone' } }], 'UTC')).toEqual([
		'08:02 – 08:31, without camera (in use by another program) and without microphone (unplugged or switched off)'
	]);
});

test('[F6] many comings and goings stay readable', () => {
	const times = Array.from({ length: 6 }, () => there);
	expect(timesInWords(times.slice(0, 5), 'UTC')).toHaveLength(5);
	expect(timesInWords(times.slice(0, 5), 'UTC').at(-1)).toBe('and 1 more time');
	expect(timesInWords(times, 'UTC').at(-1)).toBe('and 2 more times');
	expect(secondsThere(times)).toBe(6 * 29 * 60);
});
