import { createTRPCClient, wsLink } from '@trpc/client';
import type { AppRouter } from '../../server/trpc/appRouter.ts';
import type { CallTicket } from '../../shared/roomState.ts';
import { CheckFailure, type CheckProbes } from '../check/runCheck.ts';
import { toLinkFailure } from './trpcFailure.ts';
import { openTrpcSocket } from './trpcSocket.ts';

/** Who has not answered by then is not reached, ms. */
const PATIENCE = 8_000;
/** The best of a few says most about the way. */
const ROUND_TRIPS = 3;

/**
 * Tries what a lesson needs, over connections of its own: whatever else the page has open is not touched. `close` ends
 * the socket to our server.
 */
export function openCheckProbes(csrf: string): CheckProbes & { close(): void } {
	const { origin } = window.location;
	const socket = openTrpcSocket(`${origin.replace(/^http/, 'ws')}/trpc`, csrf);
	const { room, connection } = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket.client })] });

	return {
		server: (signal) =>
			within(signal, async () => {
				// The first one waits for the socket as well.
				await room.clock.query();
				let best = Infinity;
				for (let i = 0; i < ROUND_TRIPS; i += 1) {
					const askedAt = performance.now();
					await room.clock.query();
					best = Math.min(best, performance.now() - askedAt);
				}
				return best;
			}),
		ticket: (signal) =>
			within(signal, async () => {
				try {
					return await connection.checkTicket.query();
				} catch (error) {
					const failure = toLinkFailure(error);
					const busy = failure.kind === 'refused' && failure.reason === 'too-many';
					throw new CheckFailure(busy ? 'busy' : 'refused');
				}
			}),
		peerServer: (ticket, signal) => within(signal, (late) => greeted(ticket, late)),
		browser: (signal) => within(signal, connectHere),
		relay: (servers, signal) => within(signal, (late) => relayed(servers, late)),
		close: () => socket.close()
	};
}

/** Rejects with `timeout` when it takes too long; `late` aborts then, and when nobody wants to know any more. */
async function within<T>(signal: AbortSignal, run: (late: AbortSignal) => Promise<T>): Promise<T> {
	const late = new AbortController();
	const abort = () => late.abort();
	const timer = setTimeout(abort, PATIENCE);
	signal.addEventListener('abort', abort);
	try {
		return await Promise.race([run(late.signal), aborted(late.signal)]);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', abort);
	}
}

function aborted(late: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		late.addEventListener('abort', () => reject(new CheckFailure('timeout')), { once: true });
	});
}

/** As PeerJS opens it, without PeerJS. */
function greeted({ host, port, secure, path, peerId, token }: CallTicket, late: AbortSignal): Promise<void> {
	const page = new URL(window.location.href);
	const scheme = (secure ?? page.protocol === 'https:') ? 'wss' : 'ws';
	const place = host === null ? page.host : `${host}:${port}`;
	const query = new URLSearchParams({ key: 'peerjs', id: peerId, token, version: 'check' });
	const socket = new WebSocket(`${scheme}://${place}${path}peerjs?${query}`);
	late.addEventListener('abort', () => socket.close(), { once: true });
	return new Promise((done, reject) => {
		socket.onmessage = ({ data }) => {
			const isOpen = String(data).includes('"OPEN"');
			socket.close();
			if (isOpen) done();
			else reject(new CheckFailure('refused'));
		};
		socket.onerror = socket.onclose = () => reject(new CheckFailure('unknown'));
	});
}

/** Two ends on this page, with a channel between them that carries a word. */
async function connectHere(late: AbortSignal): Promise<void> {
	const ends = [
		new RTCPeerConnection({ iceServers: [] }),
		new RTCPeerConnection({ iceServers: [] })
	] as const;
	const [one, other] = ends;
	try {
		one.onicecandidate = ({ candidate }) =>
			void other.addIceCandidate(candidate ?? undefined).catch(() => undefined);
		other.onicecandidate = ({ candidate }) =>
			void one.addIceCandidate(candidate ?? undefined).catch(() => undefined);
		const open = new Promise<void>((done) => {
			one.createDataChannel('check').onopen = () => done();
		});
		await one.setLocalDescription();
		await other.setRemoteDescription(one.localDescription!);
		await other.setLocalDescription();
		await one.setRemoteDescription(other.localDescription!);
		await Promise.race([open, aborted(late)]);
	} finally {
		for (const end of ends) end.close();
	}
}

/** An address of a TURN server is all that is asked for: nothing is sent over it. */
async function relayed(iceServers: CallTicket['iceServers'], late: AbortSignal): Promise<void> {
	const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
	try {
		const found = new Promise<void>((done, reject) => {
			connection.onicecandidate = ({ candidate }) => {
				if (candidate?.type === 'relay') done();
				else if (candidate === null) reject(new CheckFailure('unknown'));
			};
		});
		connection.createDataChannel('check');
		await connection.setLocalDescription();
		await Promise.race([found, aborted(late)]);
	} finally {
		connection.close();
	}
}
