import { expect, test } from 'vitest';
import { mayReadMetrics } from './metricsAccess.ts';

const TOKEN = 'only-for-tests-0123456789';

test.each([
	['127.0.0.1', {}, true],
	['::1', {}, true],
	['::ffff:127.0.0.1', {}, true],
	['192.168.1.7', {}, false],
	['::ffff:10.0.0.1', {}, false],
	['127.0.0.1.evil.test', {}, false],
	[undefined, {}, false],
	// A proxy on this machine hands on what strangers ask.
	['127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, false],
	['127.0.0.1', { forwarded: 'for=203.0.113.9' }, false],
	['::1', { via: '1.1 proxy' }, false],
	['127.0.0.1', { 'x-real-ip': '127.0.0.1' }, false]
])('[O3] [S1] without a token, %j with %j: %j', (address, headers, may) => {
	expect(mayReadMetrics(undefined, { address, headers })).toBe(may);
});

test.each([
	[`Bearer ${TOKEN}`, true],
	[undefined, false],
	['Bearer ', false],
	[`Bearer ${TOKEN}x`, false],
	[TOKEN, false]
])('[O3] [S1] with a token, %j: %j, wherever it comes from', (authorization, may) => {
	for (const address of ['127.0.0.1', '203.0.113.9'])
		expect(mayReadMetrics(TOKEN, { address, headers: { authorization } })).toBe(may);
});
