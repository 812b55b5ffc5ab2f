import { expect, test } from 'vitest';
import type { CallTicket } from '../../shared/roomState.ts';
import { checkLines, checkVerdict, UNCHECKED, verdictWords, type CheckResults } from './checkState.ts';
import { CheckFailure, relaysOver, runCheck, type CheckProbes } from './runCheck.ts';

const TURN = {
	urls: ['turn:t.test:3478', 'turn:t.test:3478?transport=tcp', 'turns:t.test'],
	username: 'u',
	credential: 'c'
};

function ticketWith(iceServers: CallTicket['iceServers']): CallTicket {
	const place = { path: '/', host: null, port: null, secure: null };
	return { peerId: 'p', token: 't', ...place, iceServers, expiresAt: 1 };
}

async function check(probes: Partial<CheckProbes> = {}): Promise<CheckResults> {
	let results = UNCHECKED;
	const all: CheckProbes = {
		server: async () => 21.4,
		ticket: async () => ticketWith([TURN]),
		peerServer: async () => undefined,
		browser: async () => undefined,
		relay: async () => undefined,
		...probes
	};
	runCheck(all, (next) => (results = next));
	for (let i = 0; i < 20; i += 1) await Promise.resolve();
	return results;
}

const failing = (reason: CheckFailure['reason']) => () => Promise.reject(new CheckFailure(reason));
const states = (results: CheckResults) => checkLines(results).map(({ id, state }) => `${id} ${state}`);

test('[L4] where all goes well every line is green and needs nothing', async () => {
	const results = await check();
	expect(states(results)).toEqual([
		...['server good', 'peerServer good', 'browser good', 'relayUdp good', 'relayTcp good']
	]);
	expect(checkLines(results)[0]?.words).toBe('Reached, 21 ms there and back.');
	expect(checkLines(results).every(({ fix }) => fix === null)).toBe(true);
	expect(checkVerdict(results)).toBe('good');
});

test('[L4] [C1] without a TURN server nothing is said about relays', async () => {
	const results = await check({ ticket: async () => ticketWith([{ urls: ['stun:s.test'] }]) });
	expect(states(results)).toEqual(['server good', 'peerServer good', 'browser good']);
	expect(checkVerdict(results)).toBe('good');
});

test('[L4] UDP and TCP are told apart, and one of them is enough', async () => {
	const results = await check({
		relay: async ([server]) => {
			if (server?.urls[0] === TURN.urls[0]) throw new CheckFailure('timeout');
		}
	});
	expect(states(results).slice(-2)).toEqual(['relayUdp failed', 'relayTcp good']);
	expect(checkLines(results).at(-2)?.fix).toMatch(/^Nothing to do: calls take the way over TCP/);
	expect(checkVerdict(results)).toBe('good');
	const none = await check({ relay: failing('timeout') });
	expect(checkVerdict(none)).toBe('limited');
	expect(relaysOver([TURN], 'udp')).toEqual([{ ...TURN, urls: [TURN.urls[0]] }]);
	expect(relaysOver([TURN], 'tcp')).toEqual([{ ...TURN, urls: [TURN.urls[1], TURN.urls[2]] }]);
});

test('[L4] what is not reached has a fix, and the rest is tried all the same', async () => {
	const noServer = await check({ server: failing('timeout') });
	expect(states(noServer)).toEqual(['server failed', 'peerServer failed', 'browser good']);
	const noPeerServer = await check({ peerServer: failing('timeout') });
	expect(states(noPeerServer)).toEqual([
		...['server good', 'peerServer failed', 'browser good', 'relayUdp good', 'relayTcp good']
	]);
	const blocked = await check({ browser: () => Promise.reject(new TypeError('No RTCPeerConnection')) });
	expect(checkLines(blocked).find(({ id }) => id === 'browser')?.fix).toMatch(/Allow WebRTC/);
	for (const results of [noServer, noPeerServer, blocked]) {
		expect(checkVerdict(results)).toBe('failed');
		for (const { state, fix } of checkLines(results)) expect(fix !== null).toBe(state === 'failed');
	}
	const busy = await check({ ticket: failing('busy') });
	expect(checkLines(busy).find(({ id }) => id === 'peerServer')?.fix).toMatch(/Wait a minute/);
});

test('[L4] while something is tried, and before, no verdict is given', async () => {
	const results = await check({ browser: () => new Promise(() => undefined) });
	expect(checkVerdict(results)).toBe('running');
	expect(checkVerdict(UNCHECKED)).toBe('unchecked');
	expect(verdictWords('running')).toBe('Checking your connection…');
});

test('a check that was stopped tells nothing more', async () => {
	const told: CheckResults[] = [];
	const stop = runCheck(
		{
			...{ server: async () => 1, ticket: async () => ticketWith([]), peerServer: async () => undefined },
			...{ browser: async () => undefined, relay: async () => undefined }
		},
		(results) => told.push(results)
	);
	const before = told.length;
	stop();
	for (let i = 0; i < 20; i += 1) await Promise.resolve();
	expect(told).toHaveLength(before);
});
