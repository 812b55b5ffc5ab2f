import { setTimeout as delay } from 'node:timers/promises';
import type { OurPeerServer } from './createPeerServer.ts';
import type { PeerTicket } from './ticket.ts';

/**
 * What a ticket is worth right now: its holder has a seat and may call; has none at the moment, for instance because their own
 * connection to the app is lost; or never will again with this ticket, because login, membership or session have ended.
 */
export type PeerStanding = 'seated' | 'unseated' | 'over';

/** Between two questions, ms: with the answer well under the second in which a lost right ends (spec S2). */
const ASK_EVERY = 400;
/** In one question. */
const BATCH = 200;
/** How long a handshake waits for the first answer, ms. */
const FIRST_ANSWER = 1_000;
/** While nobody answers, the last answer holds so long, ms: an app that starts again must not end calls that are set up anew. */
const HELD = 60_000;
/** A handshake that was looked at and came to nothing is forgotten after this, ms. */
const FORGOTTEN = 5_000;

interface Known {
	token: string;
	ticket: PeerTicket;
	/** Null before the first answer. */
	standing: PeerStanding | null;
	/** Of the last answer, or of the first look; ms. */
	at: number;
}

export interface StandingWatch {
	/** To be awaited before a handshake with this ticket: afterwards `verify` knows. Never throws. */
	look(token: string): Promise<void>;
	/** As `verifyTicket`, and null for what is over. */
	verify(token: string): PeerTicket | null;
	/** Whether both have a seat, as far as is known. */
	mayRelay(from: PeerTicket, to: PeerTicket): boolean;
	/** From now on ends connections whose ticket is over, within a second. Answers the way to stop. */
	watch(peerServer: Pick<OurPeerServer, 'tickets' | 'disconnect'>): () => void;
}

/** Keeps asking whoever knows what the tickets of open connections are worth. */
export function createStandingWatch(deps: {
	verifyTicket(token: string): PeerTicket | null;
	/** In the order of `tokens`. */
	ask(tokens: string[]): Promise<PeerStanding[]>;
	now: () => number;
	/** Told once until an answer comes again. */
	onError(error: unknown): void;
	askEvery?: number;
}): StandingWatch {
	const { verifyTicket, now, onError, askEvery = ASK_EVERY } = deps;
	const known = new Map<string, Known>();
	let answers = true;

	async function ask(asked: Known[]): Promise<void> {
		try {
			for (let from = 0; from < asked.length; from += BATCH) {
				const batch = asked.slice(from, from + BATCH);
				const standings = await deps.ask(batch.map(({ token }) => token));
				batch.forEach((one, place) => {
					one.standing = standings[place] ?? 'over';
					one.at = now();
				});
			}
			answers = true;
		} catch (error) {
			if (answers) onError(error);
			answers = false;
		}
	}

	function isSeated({ peerId }: PeerTicket): boolean {
		const one = known.get(peerId);
		return one?.standing === 'seated' && now() - one.at < HELD;
	}

	return {
		async look(token) {
			const ticket = verifyTicket(token);
			if (!ticket) return;
			const before = known.get(ticket.peerId);
			const one: Known =
				before?.token === token ? before : { ...{ token, ticket }, standing: null, at: now() };
			known.set(ticket.peerId, one);
			const waiting = new AbortController();
			await Promise.race([
				ask([one]),
				delay(FIRST_ANSWER, null, { ref: false, signal: waiting.signal }).catch(() => null)
			]);
			waiting.abort();
		},

		verify(token) {
			const ticket = verifyTicket(token);
			return ticket && known.get(ticket.peerId)?.standing === 'over' ? null : ticket;
		},

		mayRelay: (from, to) => isSeated(from) && isSeated(to),

		watch(peerServer) {
			let stopped = false;
			let timer = setTimeout(() => void again(), askEvery);
			timer.unref();
			async function again(): Promise<void> {
				const open = new Set(peerServer.tickets().map(({ peerId }) => peerId));
				for (const [peerId, { at }] of known)
					if (!open.has(peerId) && now() - at > FORGOTTEN) known.delete(peerId);
				await ask([...known.values()].filter(({ ticket }) => open.has(ticket.peerId)));
				if (stopped) return;
				peerServer.disconnect(({ peerId }) => known.get(peerId)?.standing === 'over');
				timer = setTimeout(() => void again(), askEvery);
				timer.unref();
			}
			return () => {
				stopped = true;
				clearTimeout(timer);
			};
		}
	};
}
