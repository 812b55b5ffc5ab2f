import { expect, test } from 'vitest';
import { callsIn, createFrameGuard, createPlaces, createSubscriptionCount } from './socketLimits.ts';

test('[S3] places are given to so many, given back once, and nobody is remembered', () => {
	const places = createPlaces(2);
	const [first, second] = [places.take('a'), places.take('a')];
	expect(places.take('a')).toBeNull();
	expect(places.take('b')).not.toBeNull();
	first!();
	first!();
	expect(places.take('a')).not.toBeNull();
	expect(places.take('a')).toBeNull();
	second!();
	expect(places.size()).toBe(2);
});

test('[S3] a flood of frames is ended with 1008, anything binary with 1003', () => {
	let now = 0;
	const guard = createFrameGuard({ burst: 3, perSecond: 1 }, () => now);
	expect([guard(false), guard(false), guard(false)]).toEqual([null, null, null]);
	expect(guard(false)).toEqual({ code: 1008, reason: 'too-many' });
	now = 1_000;
	expect(guard(false)).toBeNull();
	expect(guard(true)).toEqual({ code: 1003, reason: 'bad-input' });
});

test('[S3] subscriptions that ended make room for others', () => {
	const count = createSubscriptionCount(1);
	expect([count.begin(), count.begin()]).toEqual([true, false]);
	count.end();
	expect(count.begin()).toBe(true);
});

test('[S3] a message costs as many calls as are in its list, and more where it is large', () => {
	const cost = (text: string) => callsIn(Buffer.from(text));
	expect(['', '{"id":1}', '[]', ' \n[1]', '[1,{"id":2},3]', '[1,', 'PING'].map(cost)).toEqual([
		1, 1, 1, 1, 3, 1, 1
	]);
	// However its entries are spelled.
	expect(cost(`[${'{"\\u0069d":1},'.repeat(4_000)}0]`)).toBeGreaterThan(4_000);
	expect(cost(`{"text":"${'x'.repeat(40_000)}"}`)).toBe(5);
	expect(cost('['.repeat(60_000))).toBe(8);
});
