import { isRefusalReason } from '../shared/refusals.ts';
import type { Figure, Sample } from './metrics.ts';

/** Why a socket is refused before it is one, or before its first call. */
export const SOCKET_REFUSALS = ['origin', 'address-full', 'person-full', 'signed-out', 'bad-csrf'] as const;
export type SocketRefusal = (typeof SOCKET_REFUSALS)[number];

/** Codes of RFC 6455 and our own; whatever else a client makes up counts as other. */
const CLOSE_CODES = [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 4401, 4403];
/** Upper bounds of the buckets, seconds. */
const SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10];
/** There are some fifty routes; a mistake that put something else there must not fill the memory. */
const ROUTES_MAX = 200;

/** Counts since the start. Labels are words of the program: routes by their pattern, reasons, codes – nobody's. */
export interface Meters {
	/** `route`: a pattern, never a path. */
	answered(route: string, status: number, seconds: number): void;
	socketRefused(why: SocketRefusal): void;
	socketClosed(code: number): void;
	slowReaderClosed(): void;
	callRefused(reason: string): void;
	signInThrottled(): void;
	figures(): Figure[];
}

export function createMeters(): Meters {
	const answers = new Map<string, { route: string; status: string; count: number }>();
	const durations = new Map<string, { buckets: number[]; count: number; sum: number }>();
	const refusedSockets = createCounts('reason');
	const closedSockets = createCounts('code');
	const refusedCalls = createCounts('reason');
	let slowReaders = 0;
	let throttled = 0;

	function routeLabel(route: string): string {
		if (!/^[\w/[\]().=-]{1,80}$/.test(route)) return 'other';
		return durations.has(route) || durations.size < ROUTES_MAX ? route : 'other';
	}

	return {
		answered(route, status, seconds) {
			const label = routeLabel(route);
			const statusClass = `${Math.trunc(status / 100)}xx`;
			const key = `${label} ${statusClass}`;
			const answer = answers.get(key) ?? { route: label, status: statusClass, count: 0 };
			answer.count += 1;
			answers.set(key, answer);
			const duration = durations.get(label) ?? { buckets: SECONDS.map(() => 0), count: 0, sum: 0 };
			SECONDS.forEach((bound, nth) => (duration.buckets[nth]! += seconds <= bound ? 1 : 0));
			duration.count += 1;
			duration.sum += seconds;
			durations.set(label, duration);
		},
		socketRefused: (why) => refusedSockets.add(why),
		socketClosed: (code) => closedSockets.add(CLOSE_CODES.includes(code) ? String(code) : 'other'),
		slowReaderClosed: () => (slowReaders += 1),
		callRefused: (reason) => refusedCalls.add(isRefusalReason(reason) ? reason : 'other'),
		signInThrottled: () => (throttled += 1),
		figures: () => [
			{
				name: 'peerlearn_http_requests_total',
				help: 'Answered HTTP requests by route and class of status.',
				type: 'counter',
				samples: [...answers.values()].map(({ route, status, count }) => ({
					labels: { route, status },
					value: count
				}))
			},
			{
				name: 'peerlearn_http_request_seconds',
				help: 'How long HTTP requests took, by route.',
				type: 'histogram',
				samples: [...durations].flatMap(([route, duration]) => histogram(route, duration))
			},
			{
				name: 'peerlearn_sockets_refused_total',
				help: 'tRPC sockets that were refused, by reason.',
				type: 'counter',
				samples: refusedSockets.samples()
			},
			{
				name: 'peerlearn_sockets_closed_total',
				help: 'tRPC sockets that ended, by close code.',
				type: 'counter',
				samples: closedSockets.samples()
			},
			{
				name: 'peerlearn_slow_readers_closed_total',
				help: 'tRPC sockets that were ended because nothing was read from them.',
				type: 'counter',
				value: slowReaders
			},
			{
				name: 'peerlearn_calls_refused_total',
				help: 'Calls over the tRPC socket that were refused, by reason; internal is a fault of ours.',
				type: 'counter',
				samples: refusedCalls.samples()
			},
			{
				name: 'peerlearn_sign_ins_throttled_total',
				help: 'Sign-ins and sign-ups that were refused because there had been too many.',
				type: 'counter',
				value: throttled
			}
		]
	};
}

function createCounts(label: string) {
	const counts = new Map<string, number>();
	return {
		add: (key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1),
		samples: (): Sample[] => [...counts].map(([key, value]) => ({ labels: { [label]: key }, value }))
	};
}

/** Buckets are cumulative, and the last one holds everything. */
function histogram(
	route: string,
	{ buckets, count, sum }: { buckets: number[]; count: number; sum: number }
): Sample[] {
	return [
		...SECONDS.map((bound, nth) => ({
			part: '_bucket' as const,
			labels: { route, le: String(bound) },
			value: buckets[nth]!
		})),
		{ part: '_bucket', labels: { route, le: '+Inf' }, value: count },
		{ part: '_sum', labels: { route }, value: sum },
		{ part: '_count', labels: { route }, value: count }
	];
}
