import { expect, test } from 'vitest';
import { startsInWords, timeLeft } from './lessonClock.ts';

const MINUTE = 60_000;

test('[L1] the countdown counts down to the scheduled start', () => {
	expect(startsInWords(0, 90_000)).toBe('Starts in 1:30');
	expect(startsInWords(0, 125 * MINUTE)).toBe('Starts in 2 h 5 min');
	expect(startsInWords(5, 5)).toBe('It is time to start');
});

test('[M2] the time left warns at 10, 5 and 1 minute', () => {
	expect(timeLeft(0, 95 * MINUTE)).toEqual({ words: '1 h 35 min left', urgency: 'calm' });
	expect(timeLeft(0, 11 * MINUTE)).toEqual({ words: '11 min left', urgency: 'calm' });
	expect(timeLeft(0, 10 * MINUTE)).toEqual({ words: '10 min left', urgency: 'soon' });
	expect(timeLeft(0, MINUTE + 1)).toEqual({ words: '2 min left', urgency: 'soon' });
	expect(timeLeft(0, 42_100)).toEqual({ words: '43 s left', urgency: 'last' });
	expect(timeLeft(10, 10)).toEqual({ words: 'Time is up', urgency: 'last' });
});
