import { expect, test } from 'vitest';
import { createAllowance } from './allowance.ts';

test('[S3] allows a burst, then as much as is refilled', () => {
	let now = 0;
	const mayGoOn = createAllowance({ burst: 3, perSecond: 2 }, () => now);
	expect([mayGoOn(), mayGoOn(), mayGoOn(), mayGoOn()]).toEqual([true, true, true, false]);
	now = 499;
	expect(mayGoOn()).toBe(false);
	now = 500;
	expect([mayGoOn(), mayGoOn()]).toEqual([true, false]);
	now = 60_000;
	expect([mayGoOn(), mayGoOn(), mayGoOn(), mayGoOn()]).toEqual([true, true, true, false]);
});

test('[S3] a clock that goes back gives nothing away and takes nothing', () => {
	let now = 1_000;
	const mayGoOn = createAllowance({ burst: 2, perSecond: 1 }, () => now);
	expect(mayGoOn()).toBe(true);
	now = 0;
	expect([mayGoOn(), mayGoOn()]).toEqual([true, false]);
});

test('[S3] several at once are allowed or not as a whole, and what is not allowed takes nothing', () => {
	const mayGoOn = createAllowance({ burst: 5, perSecond: 1 }, () => 0);
	expect([mayGoOn(6), mayGoOn(3), mayGoOn(3), mayGoOn(2), mayGoOn()]).toEqual([
		false,
		true,
		false,
		true,
		false
	]);
});
