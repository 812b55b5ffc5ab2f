import { createAllowance, type Rate } from '../../../peer-server/allowance.ts';

/** What one socket, one person and one address may take of a server (spec S3). A page needs one socket, some ten
 * subscriptions and, drawing, twenty frames a second; the rest is room for tabs, schools behind one address and returning from
 * an outage. */
export interface SocketLimits {
	/** From one socket; PINGs count too. */
	frames: Rate;
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
