import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TRPCError } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { GlobalThisWSS, onHttpServerUpgrade } from 'trpc-sveltekit/websocket';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE_FORBIDDEN, CLOSE_RESTARTING, CLOSE_SIGNED_OUT } from '../shared/limits.ts';
import { Refusal, type RefusalReason } from '../shared/refusals.ts';
import type { Accounts, Login } from './accounts/accountsService.ts';
import type { HeldLogin, HeldLogins } from './accounts/heldLogins.ts';
import { createAllowances } from './allowances.ts';
import { clientAddress } from './clientAddress.ts';
import type { App } from './createApp.ts';
import type { Log } from './log.ts';
import type { Meters, SocketRefusal } from './meters.ts';
import type { Requests } from './requests.ts';
import { BoundedSocket, caughtUp } from './slowReaders.ts';
import {
	callRate,
	createPlaces,
	createSubscriptionCount,
	personRate,
	SOCKET_LIMITS
} from './socketLimits.ts';
import { appRouter } from './trpc/appRouter.ts';
import type { Context } from './trpc/context.ts';
import { reasonOf } from './trpc/procedures.ts';

/** Largest frame taken from a browser, bytes. */
const MAX_PAYLOAD = 64 * 1024;
/** A silent connection is noticed after the two together, ms: well before others have waited 5 s. */
const KEEP_ALIVE = { enabled: true, pingMs: 2_000, pongWaitMs: 2_000 };

/** Who has not answered a closing handshake by then hangs, ms. */
const CLOSING_PATIENCE_MS = 500;

export interface LiveSocket {
	/** Takes over the upgrade of a request for `/trpc`. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
	/** Open connections. */
	count(): number;
	/** Ends every connection by saying that the server restarts; resolves when none is left. */
	close(): Promise<void>;
}

/**
 * The tRPC socket: who is asking is decided at the upgrade, the CSRF token before the first procedure, and whether the login still
 * holds as long as the socket is open (spec S2).
 */
export function createLiveSocket(deps: {
	/** Asked for at each connection, because the app is made of more than this socket. */
	app: () => App;
	accounts: Accounts;
	heldLogins: HeldLogins;
	log: Log;
	meters: Meters;
	requests: Pick<Requests, 'socketId'>;
	originAllowed: (request: IncomingMessage) => boolean;
	/** How many proxies in front say where a request comes from. */
	trustedProxies: number;
	/** Of one procedure by one person. */
	callsPerSecond: number;
}): LiveSocket {
	const wss = new WebSocketServer({
		noServer: true,
		maxPayload: MAX_PAYLOAD,
		maxFragments: SOCKET_LIMITS.fragments,
		perMessageDeflate: false,
		WebSocket: BoundedSocket
	});
	// Where `onHttpServerUpgrade` looks for the server of `/trpc`.
	(globalThis as Record<symbol, unknown>)[GlobalThisWSS] = wss;
	const logins = new WeakMap<IncomingMessage, Login>();
	const held = new WeakMap<IncomingMessage, HeldLogin>();
	const sockets = new WeakMap<IncomingMessage, WebSocket>();
	const handshakes = new WeakMap<IncomingMessage, NodeJS.Timeout>();
	const placesOfPerson = createPlaces(SOCKET_LIMITS.socketsPerPerson);
	const placesOfAddress = createPlaces(SOCKET_LIMITS.socketsPerAddress);
	const mayCall = createAllowances(callRate(deps.callsPerSecond), Date.now);
	const maySend = createAllowances(personRate(deps.callsPerSecond), Date.now);

	applyWSSHandler({
		wss,
		router: appRouter,
		keepAlive: KEEP_ALIVE,
		maxBatchSize: SOCKET_LIMITS.batch,
		createContext({ req, res, info }): Context {
			const login = logins.get(req);
			if (!login) throw refuse(res, CLOSE_SIGNED_OUT, 'signed-out', deps.meters);
			if (!deps.accounts.csrfMatches(login.loginId, info.connectionParams?.csrf))
				throw refuse(res, CLOSE_FORBIDDEN, 'bad-csrf', deps.meters);
			clearTimeout(handshakes.get(req));
			return {
				app: deps.app(),
				get user() {
					return held.get(req)?.user() ?? null;
				},
				loginKey: held.get(req)?.key ?? null,
				subscriptions: createSubscriptionCount(SOCKET_LIMITS.subscriptions),
				mayCall: (path) => mayCall(`${path} ${login.user.id}`),
				caughtUp: (signal) => caughtUp(res, signal)
			};
		},
		onError({ error, path, type, ctx, req }) {
			// What came first was no connection parameters: tRPC says so, and would close without a code.
			if (!ctx && error.code === 'PARSE_ERROR') {
				queueMicrotask(() => sockets.get(req)?.close(CLOSE_FORBIDDEN, 'bad-input'));
			}
			// What breaks the protocol below, or off, is told by the socket itself: it is no error of ours.
			if (path === undefined && error.cause && 'code' in error.cause) return;
			deps.meters.callRefused(reasonOf(error));
			if (error.code === 'INTERNAL_SERVER_ERROR') {
				const socket = deps.requests.socketId(req);
				deps.log.error({ err: error.cause ?? error, path, type, socket }, 'call failed');
			}
		}
	});

	wss.on('connection', (socket: BoundedSocket, request: IncomingMessage) => {
		sockets.set(request, socket);
		const id = deps.requests.socketId(request);
		socket.on('error', (error) => deps.log.debug({ err: error, socket: id }, 'socket error'));
		socket.once('slow', () => deps.meters.slowReaderClosed());
		socket.once('close', (code) => {
			deps.meters.socketClosed(code);
			deps.log.debug({ socket: id, code }, 'socket closed');
		});
		const handshake = setTimeout(() => socket.close(CLOSE_FORBIDDEN, 'bad-input'), SOCKET_LIMITS.handshakeMs);
		handshakes.set(request, handshake);
		socket.once('close', () => clearTimeout(handshake));
		const login = logins.get(request);
		if (!login) return;
		socket.countWith((calls) => maySend(login.user.id, calls));
		const holding = deps.heldLogins.hold(login, () => {
			socket.close(CLOSE_SIGNED_OUT, 'signed-out');
			// Who does not answer is out as well, and within the second (spec S2).
			setTimeout(() => socket.terminate(), CLOSING_PATIENCE_MS).unref();
		});
		held.set(request, holding);
		socket.once('close', holding.release);
	});

	return {
		async handleUpgrade(request, socket, head) {
			if (!deps.originAllowed(request)) return refuseUpgrade(socket, 'origin', deps.meters);
			const leaveAddress = placesOfAddress.take(clientAddress(request, deps.trustedProxies));
			if (!leaveAddress) return refuseUpgrade(socket, 'address-full', deps.meters);
			socket.once('close', leaveAddress);
			const login = await deps.accounts.readLogin(request.headers.cookie ?? null);
			if (socket.destroyed) return;
			const leavePerson = login ? placesOfPerson.take(login.user.id) : () => {};
			if (!leavePerson) return refuseUpgrade(socket, 'person-full', deps.meters);
			socket.once('close', leavePerson);
			// Signed out: accepted, refused in words, closed. A 401 here would look like an outage to the browser.
			if (login) logins.set(request, login);
			// In dev the newest server owns the global; that is also the one that handles this upgrade.
			onHttpServerUpgrade(request, socket, head);
		},
		count: () => wss.clients.size,
		async close() {
			const closed = [...wss.clients].map((client) => new Promise((done) => client.once('close', done)));
			// tRPC's own notification makes clients open the next connection first, which nobody takes any more.
			wss.clients.forEach((client) => client.close(CLOSE_RESTARTING));
			const force = setTimeout(
				() => wss.clients.forEach((client) => client.terminate()),
				CLOSING_PATIENCE_MS
			);
			await Promise.all(closed);
			clearTimeout(force);
			wss.close();
		}
	};
}

function refuseUpgrade(socket: Duplex, why: SocketRefusal, meters: Meters): void {
	meters.socketRefused(why);
	const status = why === 'origin' ? '403 Forbidden' : '429 Too Many Requests';
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** One readable refusal goes out (tRPC sends what is thrown), then the socket closes with a code that means “do not retry”. */
function refuse(
	socket: WebSocket,
	code: number,
	reason: RefusalReason & SocketRefusal,
	meters: Meters
): TRPCError {
	meters.socketRefused(reason);
	// After tRPC has sent the refusal, before its own close without a code.
	queueMicrotask(() => queueMicrotask(() => socket.close(code, reason)));
	const cause = new Refusal(reason);
	return new TRPCError({ code: 'UNAUTHORIZED', message: cause.message, cause });
}
