import { expect, test } from 'vitest';
import { nextInWords, overlapInWords, startsInWords, timeLeft } from './lessonClock.ts';

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

test('[M2] the next session shows where more time could run into it', () => {
	const endsAt = Date.UTC(2026, 6, 14, 12, 50);
	expect(nextInWords(null, endsAt, 'Europe/Berlin')).toBeNull();
	expect(nextInWords(endsAt + 10 * MINUTE, endsAt, 'Europe/Berlin')).toBe('Next session at 15:00');
	expect(nextInWords(endsAt - MINUTE, endsAt, 'UTC')).toBe('Next session at 12:49');
	expect(nextInWords(endsAt + 15 * MINUTE, endsAt, 'Europe/Berlin')).toBeNull();
});

test('[M2] the question names whose session it is and when, and of others nothing but the time', () => {
	const now = Date.UTC(2026, 6, 14, 12, 50);
	const members = [
		{ userId: 'maya', name: 'Maya Okafor', role: 'mentor' as const },
		{ userId: 'liam', name: 'Liam Chen', role: 'learner' as const }
	];
	const next = [
		{ userId: 'maya', startsAt: now + 10 * MINUTE },
		{ userId: 'liam', startsAt: now - MINUTE },
		{ userId: 'gone', startsAt: now + 20 * MINUTE }
	];
	expect(overlapInWords(next, members[0]!, members, { now, timeZone: 'Europe/Berlin' })).toBe(
		'Your next session starts at 15:00. Liam Chen has had another session since 14:49. Somebody has another session at 15:10.'
	);
});
