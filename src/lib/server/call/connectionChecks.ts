import { randomUUID } from 'node:crypto';
import { createAllowance, type Rate } from '../../../../peer-server/allowance.ts';
import { CHECK_ONLY, makeTicket } from '../../../../peer-server/ticket.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { CallTicket } from '../../shared/roomState.ts';
import type { Config } from '../config.ts';
import { peerServerPlace } from './callTickets.ts';
import { iceServersFor } from './iceServers.ts';

/** Long enough to try everything once, also on a slow line, ms. */
const CHECK_MS = 60_000;
/** Of one person, on all their pages: a check that is repeated by hand, and no more. */
const RATE: Rate = { burst: 12, perSecond: 1 / 20 };
/** So many people's allowances are remembered; whoever is forgotten begins anew. */
const REMEMBERED = 10_000;

/**
 * Makes what a page needs to try its connection, with or without a lesson: a ticket with which the PeerServer can be
 * opened and nobody be called, and TURN credentials that end with it. For whoever is signed in.
 */
export function createConnectionChecks(deps: {
	config: Pick<Config, 'STUN_URLS' | 'TURN_URLS' | 'TURN_SECRET' | 'PEER_SERVER_URL'>;
	secret: string;
	now: () => number;
}) {
	const { config, secret, now } = deps;
	const place = peerServerPlace(config);
	const allowances = new Map<string, () => boolean>();

	function mayCheck(userId: string): boolean {
		const allowance = allowances.get(userId) ?? createAllowance(RATE, now);
		// The one that was used last goes last.
		allowances.delete(userId);
		allowances.set(userId, allowance);
		for (const oldest of allowances.keys()) {
			if (allowances.size <= REMEMBERED) break;
			allowances.delete(oldest);
		}
		return allowance();
	}

	return {
		/** Refusal `too-many`. */
		make(userId: string, loginKey: string | null = null): CallTicket {
			if (!mayCheck(userId)) throw new Refusal('too-many');
			const expiresAt = now() + CHECK_MS;
			const peerId = randomUUID();
			return {
				peerId,
				token: makeTicket(secret, { peerId, sessionId: CHECK_ONLY, userId, loginKey, expiresAt }),
				...place,
				iceServers: iceServersFor(config, peerId, expiresAt),
				expiresAt
			};
		}
	};
}
