import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

/** What a seat's ticket to the PeerServer says. It opens new connections until `expiresAt`. */
export interface PeerTicket {
	/** The only id its holder may use at the PeerServer. */
	peerId: string;
	sessionId: string;
	userId: string;
	/** The seat it was made for, which has one connection at a time. Null, or missing, for none. */
	seatId?: string | null;
	/** The login it was given to, as the server names it: the ticket ends with it. Null, or missing, for none. */
	loginKey?: string | null;
	/** ms since the epoch. */
	expiresAt: number;
}

/**
 * Instead of a session in tickets with which a page only tries whether the PeerServer can be reached. Nothing is relayed
 * for them, not even between two of the same person.
 */
export const CHECK_ONLY = 'connection-check';

const MAX_CHARACTERS = 2_048;
const claims = z.strictObject({
	peerId: z.string().min(1).max(128),
	sessionId: z.string().min(1).max(128),
	userId: z.string().min(1).max(128),
	seatId: z.string().min(1).max(128).optional(),
	loginKey: z.string().min(1).max(128).optional()
});

/** `<expiresAt>.<payload>.<mac>`: readable by its holder, changeable by nobody but us. Travels as PeerJS's `token`. */
export function makeTicket(secret: string, ticket: PeerTicket): string {
	const { expiresAt, peerId, sessionId, userId } = ticket;
	const [seatId, loginKey] = [ticket.seatId ?? undefined, ticket.loginKey ?? undefined];
	const said = JSON.stringify({ peerId, sessionId, userId, seatId, loginKey });
	const payload = Buffer.from(said).toString('base64url');
	const signed = `${expiresAt}.${payload}`;
	return `${signed}.${sign(secret, signed).toString('base64url')}`;
}

/** The ticket, or null when it is forged, malformed or no longer valid at `now` (ms). Never throws. */
export function verifyTicket(secret: string, token: string, now: number): PeerTicket | null {
	if (token.length > MAX_CHARACTERS) return null;
	const match = /^(\d{1,16})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/.exec(token);
	if (!match) return null;
	const [, exp = '', payload = '', mac = ''] = match;
	const given = Buffer.from(mac, 'base64url');
	const ours = sign(secret, `${exp}.${payload}`);
	// The last character of 43 carries two spare bits: only the one spelling we made is good.
	if (given.length !== ours.length || !timingSafeEqual(given, ours) || given.toString('base64url') !== mac) {
		return null;
	}
	const expiresAt = Number(exp);
	if (expiresAt <= now) return null;
	const read = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
	return read.success ? { ...read.data, expiresAt } : null;
}

/** The ticket that a handshake comes with, unchecked; empty without one. */
export function tokenOf({ url }: Pick<IncomingMessage, 'url'>): string {
	return URL.parse(url ?? '/', 'http://peer')?.searchParams.get('token') ?? '';
}

function sign(secret: string, text: string): Buffer {
	// The prefix keeps these apart from everything else that is signed with the same secret.
	return createHmac('sha256', secret).update(`peer-ticket:${text}`).digest();
}
