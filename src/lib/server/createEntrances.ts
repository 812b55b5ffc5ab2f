import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createPeerServer } from '../../../peer-server/createPeerServer.ts';
import { createStandingWatch } from '../../../peer-server/standing.ts';
import { tokenOf, verifyTicket, type PeerTicket } from '../../../peer-server/ticket.ts';
import type { Accounts } from './accounts/accountsService.ts';
import type { HeldLogins } from './accounts/heldLogins.ts';
import { createPeerStandings } from './call/peerStandings.ts';
import { createStandingsEndpoint } from './call/standingsEndpoint.ts';
import type { Config } from './config.ts';
import type { App } from './createApp.ts';
import type { Store } from './db/store.ts';
import { createLiveSocket } from './liveSocket.ts';
import type { Log } from './log.ts';
import type { Meters } from './meters.ts';
import { createOriginCheck } from './origin.ts';
import type { Presence } from './presence/presenceService.ts';
import type { Requests } from './requests.ts';
import { createUploadEndpoint, UPLOADS } from './resources/uploadEndpoint.ts';
import type { Uploads } from './resources/uploadsService.ts';
import type { Sessions } from './sessions/sessionsService.ts';
import { createWriteGuard } from './writeGuard.ts';

/** What requests for uploads are called, which no route of the pages answers. */
const UPLOADS_ROUTE = '/session/[roomCode]/uploads';

/** Builds everything through which somebody comes in beside the pages: both sockets, uploads, and what stands before all writing. */
export function createEntrances(deps: {
	config: Config;
	secret: string;
	store: Store;
	accounts: Accounts;
	heldLogins: HeldLogins;
	sessions: Sessions;
	presence: Presence;
	uploads: Uploads;
	log: Log;
	meters: Meters;
	requests: Requests;
	now: () => number;
	onError: (error: unknown) => void;
	/** Asked for at each connection, because the app is made of more than this. */
	app: () => App;
	/** From then on no new socket is taken. */
	isClosing: () => boolean;
}) {
	const { config, secret, store, accounts, heldLogins, sessions, presence, uploads } = deps;
	const { log, meters, requests, now, onError, isClosing } = deps;
	const originAllowed = createOriginCheck(config.ORIGIN);
	const standingsOf = createPeerStandings({ store, presence, logins: heldLogins });
	const readTicket = (token: string) => verifyTicket(secret, token, 0);
	const standings = createStandingWatch({
		verifyTicket: (token) => verifyTicket(secret, token, now()),
		ask: (tokens) => standingsOf(tokens.map((token) => readTicket(token)!)),
		now,
		onError
	});
	const peerServer = createPeerServer({
		verifyTicket: standings.verify,
		// What this process knows of seats it need not ask for.
		mayRelay: (...both) => both.every(({ sessionId, userId }) => presence.isSeated(sessionId, userId)),
		originAllowed,
		onError
	});
	const stopStandings = standings.watch(peerServer);
	const standingsEndpoint = createStandingsEndpoint({
		isOpen: config.PEER_SERVER_URL !== undefined,
		...{ readTicket, standingsOf, onError }
	});
	const uploadEndpoint = createUploadEndpoint({ uploads, accounts, sessions, originAllowed, now, onError });
	const liveSocket = createLiveSocket({
		...{ accounts, heldLogins, log, meters, requests, originAllowed, trustedProxies: config.TRUSTED_PROXIES },
		callsPerSecond: config.CALLS_PER_SECOND,
		app: deps.app
	});
	/** Questions of a PeerServer come from no page. */
	const beforePages = [standingsEndpoint, createWriteGuard({ originAllowed }), uploadEndpoint];

	return {
		/** Takes over an upgrade; anything but our two sockets is closed. */
		handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
			// Node no longer listens: whoever hangs up in the middle of the handshake would end this process.
			socket.on('error', () => socket.destroy());
			// As it stands there: what merely leads to the same place, such as `/./trpc`, is taken up by nobody further on.
			const path = request.url?.split('?', 1)[0];
			if (path === '/trpc' && !isClosing()) {
				liveSocket.handleUpgrade(request, socket, head).catch((error: unknown) => {
					onError(error);
					socket.destroy();
				});
			} else if (path === '/peerjs' && !isClosing() && !config.PEER_SERVER_URL) {
				void standings.look(tokenOf(request)).then(() => peerServer.handleUpgrade(request, socket, head));
			} else socket.destroy();
		},

		/** Answers what is not for Kit, and has all others answered by `others`. */
		handleRequest(request: IncomingMessage, response: ServerResponse, others: () => void): void {
			requests.answering(request, response, () => {
				if (UPLOADS.test(request.url ?? '')) requests.isFor(UPLOADS_ROUTE);
				if (!beforePages.some((each) => each.handle(request, response))) others();
			});
		},

		/** Ends calls at the PeerServer, e.g. of somebody who was removed. */
		disconnect: (fits: (ticket: PeerTicket) => boolean) => peerServer.disconnect(fits),
		counts: () => ({ sockets: liveSocket.count(), peers: peerServer.stats() }),

		/** Resolves when no upload is under way. */
		closeUploads: () => uploadEndpoint.close(),
		/** Resolves when no socket is left. */
		async closeSockets(): Promise<void> {
			stopStandings();
			peerServer.close();
			await liveSocket.close();
		}
	};
}
