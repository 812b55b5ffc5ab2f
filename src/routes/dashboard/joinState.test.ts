import { expect, test } from 'vitest';
import { joinState, startWords } from './joinState.ts';

const MINUTE = 60_000;
const session = { status: 'scheduled', startsAt: 100 * MINUTE, startableFrom: 85 * MINUTE };

test('[F7] the button knows whether there is time, the lobby is open, or the lesson runs', () => {
	expect(joinState(session, 85 * MINUTE - 1)).toBe('later');
	expect(joinState(session, 85 * MINUTE)).toBe('open');
	expect(joinState(session, 101 * MINUTE)).toBe('open');
	expect(joinState({ ...session, status: 'live' }, 0)).toBe('live');
});

test('[F7] and says it in words', () => {
	expect(startWords(session, 40 * MINUTE)).toBe('Starts in 1 h');
	expect(startWords(session, 99.5 * MINUTE)).toBe('Starts in 0:30');
	expect(startWords(session, 100 * MINUTE)).toBe('About to start');
	expect(startWords({ ...session, status: 'live' }, 0)).toBe('Live now');
});
