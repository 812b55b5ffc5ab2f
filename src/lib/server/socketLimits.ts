import { createAllowance, type Rate } from '../../../peer-server/allowance.ts';

/** What one socket, one person and one address may take of a server (spec S3). A page needs one socket, some ten
 * subscriptions and, drawing, twenty frames a second; the rest is room for tabs, schools behind one address and returning from
 * an outage. */
export interface SocketLimits {
	/** From one socket; PINGs count too, those of the protocol as well. */
	frames: Rate;
	/** Of one message. No browser cuts one into so many. */
	fragments: number;
	/** Calls in one frame. */
	batch: number;
	/** At once on one socket. */
	subscriptions: number;
	/** From the upgrade to a valid login and CSRF token, ms. */
	handshakeMs: number;
	socketsPerPerson: number;
	socketsPerAddress: number;
}

export const SOCKET_LIMITS: SocketLimits = {
	frames: { burst: 1_000, perSecond: 200 },
	fragments: 256,
	batch: 100,
	subscriptions: 40,
	handshakeMs: 10_000,
	socketsPerPerson: 40,
	socketsPerAddress: 2_000
};

/** Of one procedure by one person, over all sockets. An outbox that was filled while away empties in one go. */
export function callRate(perSecond: number): Rate {
	return { burst: 5 * perSecond, perSecond };
}

/** Of all procedures by one person, over all sockets, counted as `callsIn` does: what is refused costs us something too. */
export function personRate(perSecond: number): Rate {
	return { burst: 20 * perSecond, perSecond: 4 * perSecond };
}

/** Bytes that cost as much as one call more. */
const BYTES_OF_A_CALL = 8 * 1024;
const JSON_BLANKS = [0x20, 0x09, 0x0a, 0x0d];
const BRACKET = 0x5b;

/**
 * How many calls a message is, before anybody has worked through it: one, or as many as are in its list, and one more for each 8 kB.
 * tRPC answers each entry of a list by itself, also those of one it refuses for its length.
 */
export function callsIn(message: Buffer): number {
	const large = Math.floor(message.length / BYTES_OF_A_CALL);
	if (message[message.findIndex((byte) => !JSON_BLANKS.includes(byte))] !== BRACKET) return 1 + large;
	try {
		return Math.max(1, (JSON.parse(message.toString()) as unknown[]).length) + large;
	} catch {
		return 1 + large;
	}
}

/** Counts what is open for each key; keys with nothing open are forgotten. */
export function createPlaces(most: number) {
	const taken = new Map<string, number>();
	return {
		/** Null when all are taken; else how to give it back, which works once. */
		take(key: string): (() => void) | null {
			const before = taken.get(key) ?? 0;
			if (before >= most) return null;
			taken.set(key, before + 1);
			let given = false;
			return () => {
				if (given) return;
				given = true;
				const left = (taken.get(key) ?? 1) - 1;
				if (left > 0) taken.set(key, left);
				else taken.delete(key);
			};
		},
		/** Keys with something open. */
		size: () => taken.size
	};
}

/** What a frame breaks, as a close code of RFC 6455, 7.4.1, with its reason; null for what may pass. */
export type FrameGuard = (isBinary: boolean) => { code: number; reason: 'bad-input' | 'too-many' } | null;

export function createFrameGuard(rate: Rate, now: () => number): FrameGuard {
	const allowed = createAllowance(rate, now);
	return (isBinary) => {
		if (isBinary) return { code: 1003, reason: 'bad-input' };
		return allowed() ? null : { code: 1008, reason: 'too-many' };
	};
}

/** How many subscriptions one socket has, ended ones not counted. */
export interface SubscriptionCount {
	/** False when there are too many already. */
	begin(): boolean;
	end(): void;
}

export function createSubscriptionCount(most: number): SubscriptionCount {
	let open = 0;
	return {
		begin() {
			if (open >= most) return false;
			open += 1;
			return true;
		},
		end() {
			open -= 1;
		}
	};
}
