import { createHmac } from 'node:crypto';
import type { CallTicket } from '../../shared/roomState.ts';

/**
 * STUN as configured and TURN with credentials that work until `expiresAt` (ms since the epoch), made from the
 * servers' shared secret: `username = unixSeconds:seat`, credential = base64(HMAC-SHA1) (coturn's `use-auth-secret`,
 * draft-uberti-behave-turn-rest-00).
 */
export function iceServersFor(
	config: { STUN_URLS: string[]; TURN_URLS: string[]; TURN_SECRET?: string },
	seatId: string,
	expiresAt: number
): CallTicket['iceServers'] {
	const servers: CallTicket['iceServers'] = [];
	if (config.STUN_URLS.length > 0) servers.push({ urls: config.STUN_URLS });
	if (config.TURN_URLS.length > 0 && config.TURN_SECRET) {
		const username = `${Math.floor(expiresAt / 1000)}:${seatId}`;
		const credential = createHmac('sha1', config.TURN_SECRET).update(username).digest('base64');
		servers.push({ urls: config.TURN_URLS, username, credential });
	}
	return servers;
}
