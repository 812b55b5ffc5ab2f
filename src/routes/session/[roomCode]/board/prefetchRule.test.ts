import { expect, test } from 'vitest';
import type { Health } from '../../../../lib/room/health.ts';
import type { Quality } from '../../../../lib/room/qualitySides.ts';
import type { PersonView } from '../../../../lib/room/roomView.ts';
import { mayPrefetch, type NetworkHint } from './prefetchRule.ts';

const GOOD: Quality = { level: 'good' };
const POOR: Quality = { level: 'poor', reason: 'loss', side: 'path' };

function person(isMe: boolean, quality: Quality | null, videoPaused = false): PersonView {
	return { isMe, quality, videoPaused } as PersonView;
}

function room(given: {
	mine?: Quality | null;
	theirs?: Quality | null;
	pausedFor?: string[];
	health?: Health;
}) {
	const { mine = GOOD, theirs = GOOD, pausedFor = [] } = given;
	const health: Health = given.health ?? { name: 'fine', works: { chat: true, call: true } };
	return { health, pausedFor, people: [person(true, mine), person(false, theirs)] };
}

test('[X4] the board is fetched beside a call whose lines are good', () => {
	expect(mayPrefetch('ready', room({}), undefined)).toBe(true);
	expect(mayPrefetch('ready', room({ theirs: null }), { effectiveType: '4g', saveData: false })).toBe(true);
});

test('[X4] not before there is a call, nor while anything is wrong', () => {
	expect(mayPrefetch('alone', room({}), undefined)).toBe(false);
	expect(mayPrefetch('connecting', room({}), undefined)).toBe(false);
	const works = { chat: false, call: true };
	expect(mayPrefetch('ready', room({ health: { name: 'socket', side: 'server', works } }), undefined)).toBe(
		false
	);
});

test('[X4] not over a line that is poor, unknown or too weak for pictures, whoever’s it is', () => {
	expect(mayPrefetch('ready', room({ mine: null }), undefined)).toBe(false);
	expect(mayPrefetch('ready', room({ mine: { ...POOR, side: 'mine' } }), undefined)).toBe(false);
	expect(mayPrefetch('ready', room({ theirs: POOR }), undefined)).toBe(false);
	expect(mayPrefetch('ready', room({ pausedFor: ['liam'] }), undefined)).toBe(false);
	const { health, pausedFor, people } = room({});
	const paused = { health, pausedFor, people: [people[0]!, person(false, GOOD, true)] };
	expect(mayPrefetch('ready', paused, undefined)).toBe(false);
});

test.each<NetworkHint>([{ saveData: true }, { effectiveType: '3g' }, { effectiveType: 'slow-2g' }])(
	'[X4] not where the browser says %o',
	(network) => {
		expect(mayPrefetch('ready', room({}), network)).toBe(false);
	}
);
