import type { CallTicket } from '../../shared/roomState.ts';
import type { Stop } from '../ports.ts';
import { UNCHECKED, type CheckId, type CheckResult, type CheckResults } from './checkState.ts';

/** What can be tried. Each rejects with a `CheckFailure`, or with anything else where nobody knows why. */
export interface CheckProbes {
	/** Reaches our server by a socket of its own; answers with the round trip, ms. */
	server(signal: AbortSignal): Promise<number>;
	/** What the rest is tried with; after `server`. */
	ticket(signal: AbortSignal): Promise<CallTicket>;
	/** Opens a connection to the PeerServer and closes it. */
	peerServer(ticket: CallTicket, signal: AbortSignal): Promise<void>;
	/** Connects two ends on this page with each other. */
	browser(signal: AbortSignal): Promise<void>;
	/** Asks a TURN server for an address over this transport. */
	relay(servers: CallTicket['iceServers'], signal: AbortSignal): Promise<void>;
}

export class CheckFailure extends Error {
	readonly reason: Extract<CheckResult, { name: 'failed' }>['reason'];
	constructor(reason: CheckFailure['reason']) {
		super(reason);
		this.reason = reason;
	}
}

/** Tries everything once, side by side as far as one thing does not need another. Returns the way to stop. */
export function runCheck(probes: CheckProbes, onResults: (results: CheckResults) => void): Stop {
	const stop = new AbortController();
	const { signal } = stop;
	let results = UNCHECKED;

	function set(id: CheckId, result: CheckResult): void {
		if (signal.aborted) return;
		results = { ...results, [id]: result };
		onResults(results);
	}

	async function attempt(id: CheckId, run: () => Promise<number | void>): Promise<boolean> {
		set(id, { name: 'running' });
		try {
			const ms = await run();
			set(id, { name: 'good', ms: ms ?? null });
			return true;
		} catch (error) {
			set(id, { name: 'failed', reason: error instanceof CheckFailure ? error.reason : 'unknown' });
			return false;
		}
	}

	async function withServer(): Promise<void> {
		for (const id of ['peerServer', 'relayUdp', 'relayTcp'] as const) set(id, { name: 'running' });
		let ticket: CallTicket | null = null;
		const reached = await attempt('server', () => probes.server(signal));
		const got =
			reached && (await attempt('peerServer', async () => void (ticket = await probes.ticket(signal))));
		if (!got || !ticket) {
			if (!reached) set('peerServer', { name: 'failed', reason: 'unknown' });
			// Whether there is a relay at all is not known either.
			for (const id of ['relayUdp', 'relayTcp'] as const) set(id, { name: 'skipped' });
			return;
		}
		const given: CallTicket = ticket;
		await Promise.all([
			attempt('peerServer', () => probes.peerServer(given, signal)),
			tryRelay('relayUdp', given, 'udp'),
			tryRelay('relayTcp', given, 'tcp')
		]);
	}

	async function tryRelay(id: CheckId, ticket: CallTicket, transport: 'udp' | 'tcp'): Promise<void> {
		const servers = relaysOver(ticket.iceServers, transport);
		if (servers.length === 0) set(id, { name: 'skipped' });
		else await attempt(id, () => probes.relay(servers, signal));
	}

	void withServer();
	void attempt('browser', () => probes.browser(signal));
	return () => stop.abort();
}

/** Those of the TURN servers that are reached over this transport; what names none is UDP (RFC 7065). */
export function relaysOver(
	servers: CallTicket['iceServers'],
	transport: 'udp' | 'tcp'
): CallTicket['iceServers'] {
	return servers.flatMap((server) => {
		const urls = [server.urls].flat().filter((url) => /^turns?:/.test(url) && transportOf(url) === transport);
		return urls.length > 0 ? [{ ...server, urls }] : [];
	});
}

function transportOf(url: string): 'udp' | 'tcp' {
	const named = /[?&]transport=(\w+)/.exec(url)?.[1];
	return (named ?? (url.startsWith('turns:') ? 'tcp' : 'udp')) === 'tcp' ? 'tcp' : 'udp';
}
