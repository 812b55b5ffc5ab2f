import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { createAllowances } from '../src/lib/server/allowances.ts';
import { createAllowance, type Rate } from './allowance.ts';
import { readFrame, type PeerFrame } from './frame.ts';
import { innerSocket, mountPeerServer } from './peerPackage.ts';
import { CHECK_ONLY, type PeerTicket } from './ticket.ts';

export interface PeerServerLimits {
	/** Bytes of one frame. An offer of PeerJS has 5 to 10 kB. */
	frameBytes: number;
	/** From one connection; PINGs and PONGs of the protocol count too. */
	frames: Rate;
	/** From one person in one session, over all connections: whoever is ended for too many comes back at once. */
	personFrames: Rate;
	/** Of one message. No browser cuts one into so many. */
	fragments: number;
	/** Bytes that may wait for a slow reader before its socket is closed. */
	waitingBytes: number;
	connections: number;
	/** Of one person in one session; above it the oldest makes way (half-open ones are the oldest). */
	connectionsPerPerson: number;
	/** How long a connection lasts that was only to be tried, ms. */
	checkMs: number;
	/** Between two signs of life, ms. */
	keepAliveMs: number;
}

const PEER_SERVER_LIMITS: PeerServerLimits = {
	frameBytes: 64 * 1024,
	frames: { burst: 400, perSecond: 40 },
	personFrames: { burst: 1_200, perSecond: 120 },
	fragments: 256,
	waitingBytes: 1024 * 1024,
	connections: 5_000,
	connectionsPerPerson: 4,
	checkMs: 10_000,
	keepAliveMs: 15_000
};

export interface PeerServerOptions {
	/** The ticket behind PeerJS's `token`, or null when it is not good (any more). */
	verifyTicket(token: string): PeerTicket | null;
	/** Whether the page that asks is one of ours. */
	originAllowed(request: IncomingMessage): boolean;
	/** A further condition on top of “same session”, asked for each frame: is the session still live? */
	mayRelay?(from: PeerTicket, to: PeerTicket): boolean;
	/** Unexpected errors of one connection. They never concern the others. */
	onError?(error: Error): void;
	limits?: Partial<PeerServerLimits>;
}

export interface OurPeerServer {
	/** Answers one HTTP upgrade. Routing by path is the caller's business. */
	handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Closes the connections whose ticket fits, e.g. of somebody who signed out. */
	disconnect(fits: (ticket: PeerTicket) => boolean): void;
	/** Of all open connections. */
	tickets(): PeerTicket[];
	stats(): { connections: number; relayed: number; dropped: number; refused: number };
	close(): void;
}

const HEARTBEAT = '{"type":"HEARTBEAT"}';
/** To whoever sends what PeerJS would not; the connection stays. */
const NOT_UNDERSTOOD = JSON.stringify({ type: 'ERROR', payload: { msg: 'This message is not understood.' } });

interface Connection {
	ws: WebSocket;
	ticket: PeerTicket;
	/** What PeerServer holds instead of the socket: it hears only frames that passed the rules. */
	inner: EventEmitter;
	alive: boolean;
}

/**
 * PeerServer from the package `peer`, closed to strangers (spec S4): as found it believes any id and token, relays
 * to anybody, keeps messages for absent ids without bound and ends with the first malformed frame.
 */
export function createPeerServer(options: PeerServerOptions): OurPeerServer {
	const limits = { ...PEER_SERVER_LIMITS, ...options.limits };
	const wss = new WebSocketServer({
		noServer: true,
		maxPayload: limits.frameBytes,
		maxFragments: limits.fragments,
		perMessageDeflate: false
	});
	mountPeerServer(wss, limits.connections, (error) => options.onError?.(error));
	/** Who is connected, by peer id, oldest first. */
	const connections = new Map<string, Connection>();
	const counts = { relayed: 0, dropped: 0, refused: 0 };
	const personMay = createAllowances(limits.personFrames, Date.now);

	function handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
		socket.on('error', () => socket.destroy());
		if (!options.originAllowed(req)) {
			counts.refused += 1;
			socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
			return;
		}
		const query = URL.parse(req.url ?? '/', 'http://peer')?.searchParams;
		const ticket = options.verifyTicket(query?.get('token') ?? '');
		wss.handleUpgrade(req, socket, head, (ws) => {
			// E.g. a frame that is too large: ws says goodbye itself.
			ws.on('error', () => terminateSoon(ws));
			const refusal = whyNot(ticket, query?.get('id') ?? null);
			if (refusal === null && ticket) admit(ws, ticket);
			else refuse(ws, refusal ?? 'The ticket is not valid.');
		});
	}

	function whyNot(ticket: PeerTicket | null, id: string | null): string | null {
		if (!ticket || ticket.peerId !== id) return 'The ticket is not valid.';
		const holder = connections.get(id)?.ticket;
		if (holder && !sameSeat(holder, ticket)) return 'The ticket is not valid.';
		if (!holder && connections.size >= limits.connections) return 'The server is full.';
		return null;
	}

	/** In band: PeerJS takes a refused handshake for an outage and would try again for ever. */
	function refuse(ws: WebSocket, msg: string): void {
		counts.refused += 1;
		ws.send(JSON.stringify({ type: 'ERROR', payload: { msg } }));
		ws.close(1008);
		terminateSoon(ws);
	}

	function admit(ws: WebSocket, ticket: PeerTicket): void {
		const before = connections.get(ticket.peerId);
		if (before) drop(before);
		else makeRoom(ticket);
		const connection: Connection = { ws, ticket, inner: innerSocket(ws, limits.waitingBytes), alive: true };
		connections.set(ticket.peerId, connection);

		const allowance = createAllowance(limits.frames, Date.now);
		const mayGoOn = () => {
			// Of one that was ended nothing is heard any more, also of what has already arrived.
			if (connections.get(ticket.peerId) !== connection) return false;
			if (allowance() && personMay(`${ticket.sessionId} ${ticket.userId}`)) return true;
			forget(connection);
			refuse(ws, 'Too many messages.');
			return false;
		};
		ws.on('message', (data, isBinary) => {
			if (!mayGoOn()) return;
			if (!isBinary) return hear(connection, readFrame(data.toString()));
			forget(connection);
			ws.close(1003);
			terminateSoon(ws);
		});
		ws.on('ping', mayGoOn);
		ws.on('pong', () => {
			if (!mayGoOn()) return;
			connection.alive = true;
			// PeerServer itself counts heartbeats, which a page in the background sends too rarely.
			connection.inner.emit('message', HEARTBEAT);
		});
		ws.on('close', () => forget(connection));
		if (ticket.sessionId === CHECK_ONLY) setTimeout(() => drop(connection), limits.checkMs).unref();

		// Key and token satisfy PeerServer; ours were checked above.
		const url = `/peerjs?key=peerjs&token=ticket&id=${encodeURIComponent(ticket.peerId)}`;
		wss.emit('connection', connection.inner, { url });
	}

	/** A seat has one connection, the newest; a person has few. */
	function makeRoom(ticket: PeerTicket): void {
		const own = [...connections.values()].filter((c) => samePerson(c.ticket, ticket));
		const isOfSeat = (c: Connection) => Boolean(ticket.seatId) && c.ticket.seatId === ticket.seatId;
		const others = own.filter((c) => !isOfSeat(c));
		const tooMany = Math.max(0, others.length - limits.connectionsPerPerson + 1);
		for (const old of [...own.filter(isOfSeat), ...others.slice(0, tooMany)]) drop(old);
	}

	/** PeerServer hears of it once and before the id is taken again: it would let the new one hang without an OPEN. */
	function forget(connection: Connection): void {
		if (connections.get(connection.ticket.peerId) !== connection) return;
		connections.delete(connection.ticket.peerId);
		connection.inner.emit('close');
	}

	function drop(connection: Connection): void {
		forget(connection);
		connection.ws.close(1000);
		terminateSoon(connection.ws);
	}

	function hear(from: Connection, frame: PeerFrame | null): void {
		if (!frame) {
			counts.dropped += 1;
			from.ws.send(NOT_UNDERSTOOD);
			return;
		}
		if (frame.type === 'HEARTBEAT') {
			from.inner.emit('message', HEARTBEAT);
			return;
		}
		const to = connections.get(frame.dst);
		if (to && to.ticket.sessionId === from.ticket.sessionId && mayRelay(from.ticket, to.ticket)) {
			counts.relayed += 1;
			from.inner.emit('message', JSON.stringify(frame));
			return;
		}
		counts.dropped += 1;
		// Absent, elsewhere or not allowed: the same answer for all, at once, so that the caller can go on.
		if (frame.type === 'OFFER') {
			from.ws.send(JSON.stringify({ type: 'EXPIRE', src: frame.dst, dst: from.ticket.peerId }));
		}
	}

	function mayRelay(from: PeerTicket, to: PeerTicket): boolean {
		if (from.sessionId === CHECK_ONLY) return false;
		return options.mayRelay?.(from, to) ?? true;
	}

	const keepAlive = setInterval(() => {
		for (const connection of connections.values()) {
			if (!connection.alive) connection.ws.terminate();
			connection.alive = false;
			connection.ws.ping();
		}
	}, limits.keepAliveMs);
	keepAlive.unref();

	return {
		handleUpgrade,
		disconnect: (fits) => [...connections.values()].filter((c) => fits(c.ticket)).forEach(drop),
		tickets: () => [...connections.values()].map(({ ticket }) => ticket),
		stats: () => ({ connections: connections.size, ...counts }),
		close() {
			clearInterval(keepAlive);
			for (const connection of connections.values()) connection.ws.close(1001);
			setTimeout(() => wss.clients.forEach((ws) => ws.terminate()), 500).unref();
		}
	};
}

function samePerson(a: PeerTicket, b: PeerTicket): boolean {
	return a.sessionId === b.sessionId && a.userId === b.userId;
}

function sameSeat(a: PeerTicket, b: PeerTicket): boolean {
	return a.peerId === b.peerId && samePerson(a, b);
}

/** For those who do not answer a close. */
function terminateSoon(ws: WebSocket): void {
	setTimeout(() => ws.terminate(), 1_000).unref();
}
