import { randomUUID } from 'node:crypto';
import { makeTicket, type PeerTicket } from '../../../../peer-server/ticket.ts';
import type { CallTicket } from '../../shared/roomState.ts';
import type { Config } from '../config.ts';
import { iceServersFor } from './iceServers.ts';

/** How long a ticket opens new connections to the PeerServer, ms. Running ones are not touched by its end. */
const TICKET_MS = 10 * 60_000;

/** Makes what one seat needs to call others: an id at the PeerServer, the ticket for it, and ICE servers. */
export function createCallTickets(deps: {
	config: Pick<Config, 'STUN_URLS' | 'TURN_URLS' | 'TURN_SECRET' | 'TURN_TTL_SECONDS' | 'PEER_SERVER_URL'>;
	secret: string;
	now: () => number;
}) {
	const place = peerServerPlace(deps.config);
	return {
		/** Only after membership has been checked. */
		make(holder: Pick<PeerTicket, 'sessionId' | 'userId' | 'loginKey'>, seatId: string): CallTicket {
			const expiresAt = deps.now() + Math.min(TICKET_MS, deps.config.TURN_TTL_SECONDS * 1000);
			// A fresh id each time: an id taken before may still be held by a dying connection. PeerJS takes letters and
			// digits, and no hyphen at the ends or beside another.
			const peerId = randomUUID();
			return {
				peerId,
				token: makeTicket(deps.secret, { ...holder, peerId, seatId, expiresAt }),
				...place,
				iceServers: iceServersFor(deps.config, seatId, deps.now() + deps.config.TURN_TTL_SECONDS * 1000),
				expiresAt
			};
		}
	};
}

/** Where the PeerServer is: on the page's own origin unless it is a process of its own. */
export function peerServerPlace({
	PEER_SERVER_URL
}: Pick<Config, 'PEER_SERVER_URL'>): Pick<CallTicket, 'path' | 'host' | 'port' | 'secure'> {
	const external = PEER_SERVER_URL ? new URL(PEER_SERVER_URL) : null;
	return {
		path: '/',
		host: external?.hostname ?? null,
		port: external ? Number(external.port || (external.protocol === 'https:' ? 443 : 80)) : null,
		secure: external ? external.protocol === 'https:' : null
	};
}
