import type { MediaConnection, Peer } from 'peerjs';
import type { CallTicket } from '../../shared/roomState.ts';
import type { Clock, MediaCall, PeerLink, Stop } from '../ports.ts';
import { peerServerRetry } from '../retryPolicy.ts';
import { createKnock, type Knock } from './knock.ts';
import { peerjsCall, type PeerjsCall } from './peerjsCall.ts';

/** A connection to the PeerServer that has not been greeted by then is tried anew, ms. */
const GREETING_PATIENCE = 5_000;
/** After so many lost tries the ticket itself is suspected. */
const TRIES_A_TICKET = 5;

/**
 * Calls by PeerJS. The library is loaded with the first ticket. PeerJS gives up on its own; here the connection is
 * tried again until `close`, and calls outlive it: a new id needs a new `Peer`, but the old one's calls go on.
 */
export function peerjsLink(clock: Clock): PeerLink {
	const idListeners = new Set<(peerId: string | null) => void>();
	const ticketListeners = new Set<() => void>();
	const incomingListeners = new Set<(call: MediaCall) => void>();
	/** Each with the `Peer` that carries it. */
	const calls = new Map<PeerjsCall, Peer>();
	let waiting: { made: Peer; connection: MediaConnection }[] = [];
	let answer: MediaStream | null = null;
	let ticket: CallTicket | null = null;
	let policy: RTCIceTransportPolicy = 'all';
	/** The one that may take calls, and the ticket it was made with. */
	let peer: Peer | null = null;
	let usedTicket: CallTicket | null = null;
	/** Those that only carry calls made before. */
	const retired = new Set<Peer>();
	let peerId: string | null = null;
	let attempt = 0;
	let stopTimer: Stop = () => undefined;
	/** Grows with each `close`, so that a library that loads late is not started any more. */
	let turn = 0;
	/** Grows with each try, so that one which is overtaken while it asks goes no further. */
	let trial = 0;
	let knock: { url: string; at: Knock } | null = null;

	function announce(next: string | null): void {
		if (peerId === next) return;
		peerId = next;
		for (const listener of idListeners) listener(peerId);
	}

	async function start(): Promise<void> {
		const mine = turn;
		const library = await import('./peerjsLibrary.ts').catch(() => null);
		if (mine !== turn) return;
		if (!library) return later();
		if (peer || !ticket) return;
		warmUp();
		usedTicket = ticket;
		listen(new library.Peer(ticket.peerId, optionsOf(ticket, policy)));
	}

	function listen(made: Peer): void {
		peer = made;
		expectGreeting();
		// May come twice for one connection.
		made.on('open', (id) => {
			if (peer !== made) return;
			stopTimer();
			attempt = 0;
			announce(id);
		});
		made.on('call', (connection) => {
			if (answer) take(made, connection, answer);
			else waiting.push({ made, connection });
		});
		made.on('disconnected', () => {
			if (peer !== made) return;
			announce(null);
			later();
		});
		// Destroyed: it was refused before it ever opened.
		made.on('close', () => {
			if (peer !== made) return;
			peer = null;
			announce(null);
			later();
		});
		made.on('error', (error) => {
			if (error.type === 'peer-unavailable') return absent(error.message);
			if (peer !== made) return;
			if (error.type === 'server-error' || error.type === 'unavailable-id' || error.type === 'invalid-key') {
				renew();
			}
		});
	}

	/** The ticket was refused: its connection is over, its calls are not. A newer one may be at hand. */
	function renew(): void {
		retire();
		if (ticket === usedTicket) ticket = null;
		later();
	}

	function retire(): void {
		stopTimer();
		const old = peer;
		if (!old) return;
		peer = null;
		announce(null);
		old.disconnect();
		retired.add(old);
		dismissIfIdle(old);
	}

	/** A retired one is kept as long as it carries a call. */
	function dismissIfIdle(old: Peer): void {
		if (!retired.has(old) || [...calls.values()].includes(old)) return;
		retired.delete(old);
		old.destroy();
	}

	/** For calls from now on. */
	function configure(): void {
		const options: { config?: RTCConfiguration } | undefined = peer?.options;
		if (options && ticket) options.config = configOf(ticket, policy);
	}

	function askForTicket(): void {
		for (const listener of ticketListeners) listener();
	}

	function later(): void {
		stopTimer();
		stopTimer = clock.after(peerServerRetry(attempt), () => void tryAgain());
		attempt += 1;
	}

	async function tryAgain(): Promise<void> {
		trial += 1;
		const mine = [turn, trial];
		// A refusal in the form of an HTTP status looks like an outage, so after a while a fresh one is asked for.
		if (!ticket || attempt % TRIES_A_TICKET === 0) askForTicket();
		const there = attempt <= 1 || !ticket || (await isThere(ticket));
		if (mine[0] !== turn || mine[1] !== trial) return;
		if (!there) return later();
		if (!peer) return void start();
		if (!peer.disconnected || peer.destroyed) return;
		expectGreeting();
		peer.reconnect();
	}

	/** Sockets that fail would hold up the next one to our own server as well. */
	function isThere(of: CallTicket): Promise<boolean> {
		const { host, port, secure } = optionsOf(of, policy);
		const url = `${secure ? 'https' : 'http'}://${host}:${port}/healthz`;
		if (knock?.url !== url) knock = { url, at: createKnock(url) };
		return knock.at.answered().then(
			() => true,
			() => false
		);
	}

	function expectGreeting(): void {
		stopTimer();
		stopTimer = clock.after(GREETING_PATIENCE, () => {
			if (!peer || peer.open) return;
			if (peer.disconnected) later();
			else peer.disconnect();
		});
	}

	function take(made: Peer, connection: MediaConnection, stream: MediaStream): void {
		connection.answer(stream);
		const call = keep(made, connection);
		for (const listener of incomingListeners) listener(call);
	}

	function keep(made: Peer, connection: MediaConnection): PeerjsCall {
		const call = peerjsCall(connection, (ended) => {
			calls.delete(ended);
			dismissIfIdle(made);
		});
		calls.set(call, made);
		return call;
	}

	/** PeerJS names the id in the sentence only. */
	function absent(message: string): void {
		for (const call of [...calls.keys()]) if (message.endsWith(` ${call.peerId}`)) call.unavailable();
	}

	return {
		open(fresh) {
			ticket = fresh;
			if (!peer) return void start();
			configure();
			// Away with an old ticket: the fresh one comes with an id of its own.
			if (!peer.open && peer.disconnected) {
				retire();
				void start();
			}
		},
		useIcePolicy(next) {
			policy = next;
			configure();
		},
		onPeerId(listener) {
			idListeners.add(listener);
			return () => idListeners.delete(listener);
		},
		onNeedsTicket(listener) {
			ticketListeners.add(listener);
			return () => ticketListeners.delete(listener);
		},
		onIncoming(listener) {
			incomingListeners.add(listener);
			return () => incomingListeners.delete(listener);
		},
		call(id, stream, number) {
			if (!peer || !peer.open) return null;
			const connection = peer.call(id, stream, { metadata: { number } });
			return connection ? keep(peer, connection) : null;
		},
		answerWith(stream) {
			answer = stream;
			if (!stream) return;
			const due = waiting;
			waiting = [];
			for (const { made, connection } of due) take(made, connection, stream);
		},
		reconnect() {
			if (!ticket || !peer || peer.destroyed) return;
			stopTimer();
			knock?.at.giveUp();
			attempt = 0;
			// Says `disconnected`, from where it is tried again at once; what is under way to connect may hang as well.
			if (peer.disconnected) void tryAgain();
			else peer.disconnect();
		},
		close() {
			turn += 1;
			stopTimer();
			for (const call of [...calls.keys()]) call.close();
			const old = peer;
			peer = null;
			ticket = null;
			waiting = [];
			attempt = 0;
			announce(null);
			old?.destroy();
		}
	};
}

/**
 * The first connection of a page loads codecs and starts threads. Done while everybody still waits in the lobby, it
 * costs the first call nothing.
 */
function warmUp(): void {
	if (warm) return;
	warm = true;
	const connection = new RTCPeerConnection({ iceServers: [] });
	connection.addTransceiver('audio');
	connection.addTransceiver('video');
	const close = () => connection.close();
	connection.createOffer().then(close, close);
}

let warm = false;

function configOf(ticket: CallTicket, iceTransportPolicy: RTCIceTransportPolicy): RTCConfiguration {
	return { iceServers: ticket.iceServers, iceTransportPolicy };
}

function optionsOf(ticket: CallTicket, policy: RTCIceTransportPolicy) {
	const { protocol, hostname, port } = window.location;
	const secure = ticket.secure ?? protocol === 'https:';
	return {
		host: ticket.host ?? hostname,
		port: ticket.port ?? Number(port || (secure ? 443 : 80)),
		path: ticket.path,
		key: 'peerjs',
		token: ticket.token,
		secure,
		// Always given: PeerJS would otherwise use public servers (spec C1).
		config: configOf(ticket, policy),
		debug: 0
	};
}
