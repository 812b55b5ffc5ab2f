import { describe, expect, test } from 'vitest';
import { createSignInGuard } from './signInGuard.ts';

const MINUTE = 60_000;
const TOO_MANY = expect.objectContaining({ reason: 'too-many' });

describe('[S5] guessing passwords', () => {
	test('ends for a network address after fifty, whatever accounts it tries, and right ones do not count', () => {
		let now = 0;
		const guard = createSignInGuard(() => now);
		for (let round = 0; round < 100; round += 1) guard.beforePassword('noor@x.test', '192.0.2.1')();
		for (let round = 0; round < 50; round += 1) guard.beforePassword(`p${round}@x.test`, '192.0.2.1');
		expect(() => guard.beforePassword('noor@x.test', '192.0.2.1')).toThrow(TOO_MANY);
		guard.beforePassword('noor@x.test', '192.0.2.2');
		now = 15 * MINUTE;
		guard.beforePassword('noor@x.test', '192.0.2.1');
	});

	test('an account that may not be tried any more uses up nobody’s address', () => {
		const guard = createSignInGuard(() => 0);
		for (let round = 0; round < 10; round += 1) guard.beforePassword('noor@x.test', '192.0.2.1');
		for (let round = 0; round < 100; round += 1)
			expect(() => guard.beforePassword('noor@x.test', '192.0.2.2')).toThrow(TOO_MANY);
		guard.beforePassword('omar@x.test', '192.0.2.2');
		guard.forgive('noor@x.test');
		guard.beforePassword('noor@x.test', '192.0.2.2');
	});

	test('signing up ends for an address after sixty within an hour', () => {
		let now = 0;
		const guard = createSignInGuard(() => now);
		for (let round = 0; round < 60; round += 1) guard.beforeSignUp('192.0.2.1');
		expect(() => guard.beforeSignUp('192.0.2.1')).toThrow(TOO_MANY);
		guard.beforeSignUp('192.0.2.2');
		guard.beforeSignUp(null);
		now = 60 * MINUTE;
		guard.beforeSignUp('192.0.2.1');
	});
});
