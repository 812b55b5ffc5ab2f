import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readExposition } from '../../../tests/support/exposition.ts';
import { createMeters, SOCKET_REFUSALS } from './meters.ts';
import { renderMetrics } from './metrics.ts';

test('[O3] counts and durations are written as Prometheus reads them', () => {
	const meters = createMeters();
	meters.answered('/dashboard', 200, 0.01);
	meters.answered('/dashboard', 204, 3);
	meters.answered('/dashboard', 500, 60);
	meters.socketRefused('origin');
	meters.socketClosed(1008);
	meters.socketClosed(3999);
	meters.callRefused('too-many');
	meters.slowReaderClosed();
	meters.signInThrottled();
	const figures = readExposition(renderMetrics(meters.figures()));
	const value = (name: string, labels: Record<string, string> = {}) =>
		figures.samples.find((one) => one.name === name && JSON.stringify(one.labels) === JSON.stringify(labels))
			?.value;
	expect(value('peerlearn_http_requests_total', { route: '/dashboard', status: '2xx' })).toBe(2);
	expect(value('peerlearn_http_requests_total', { route: '/dashboard', status: '5xx' })).toBe(1);
	expect(value('peerlearn_http_request_seconds_bucket', { route: '/dashboard', le: '0.02' })).toBe(1);
	expect(value('peerlearn_http_request_seconds_bucket', { route: '/dashboard', le: '10' })).toBe(2);
	expect(value('peerlearn_http_request_seconds_bucket', { route: '/dashboard', le: '+Inf' })).toBe(3);
	expect(value('peerlearn_http_request_seconds_count', { route: '/dashboard' })).toBe(3);
	expect(value('peerlearn_http_request_seconds_sum', { route: '/dashboard' })).toBeCloseTo(63.01);
	expect(value('peerlearn_sockets_refused_total', { reason: 'origin' })).toBe(1);
	expect(value('peerlearn_sockets_closed_total', { code: '1008' })).toBe(1);
	expect(value('peerlearn_sockets_closed_total', { code: 'other' })).toBe(1);
	expect(value('peerlearn_calls_refused_total', { reason: 'too-many' })).toBe(1);
	expect(value('peerlearn_slow_readers_closed_total')).toBe(1);
	expect(value('peerlearn_sign_ins_throttled_total')).toBe(1);
});

test('[O3] labels and helps are escaped', () => {
	const text = renderMetrics([
		{
			name: 'a_total',
			help: 'One \\ and\ntwo',
			type: 'counter',
			samples: [{ labels: { b: 'x"\\\ny' }, value: 1 }]
		}
	]);
	expect(text).toBe(
		'# HELP a_total One \\\\ and\\ntwo\n# TYPE a_total counter\na_total{b="x\\"\\\\\\ny"} 1\n'
	);
	expect(readExposition(text).samples).toEqual([{ name: 'a_total', labels: { b: 'x"\\\ny' }, value: 1 }]);
});

test('[S7] no label can be a name, a text or an address, and there are never many', () => {
	const meters = createMeters();
	const anything = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom('Maya Okafor', 'maya@people.test', '10.0.0.1 x')
	);
	fc.assert(
		fc.property(
			anything,
			fc.integer(),
			fc.double({ min: 0, max: 100, noNaN: true }),
			(text, code, seconds) => {
				meters.answered(text, 200, seconds);
				meters.socketClosed(code);
				meters.callRefused(text);
				for (const why of SOCKET_REFUSALS) meters.socketRefused(why);
			}
		)
	);
	for (let nth = 0; nth < 1_000; nth += 1) meters.answered(`/room-${nth}`, 100 + (nth % 500), 1);
	const { samples } = readExposition(renderMetrics(meters.figures()));
	for (const { labels } of samples)
		for (const label of Object.values(labels)) expect(label).toMatch(/^[\w/[\]().=+-]{1,80}$/);
	expect(JSON.stringify(samples)).not.toMatch(/Maya|people\.test/);
	expect(new Set(samples.map(({ labels }) => labels.route)).size).toBeLessThan(210);
	expect(samples.length).toBeLessThan(3_000);
});
