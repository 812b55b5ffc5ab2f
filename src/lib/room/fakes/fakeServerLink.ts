import type { LiveMessage, PassedMessage } from '../../shared/live.ts';
import type { RefusalReason } from '../../shared/refusals.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import type { LinkFailure, LinkStatus, ServerLink } from '../ports.ts';
import { fakeBoardServer } from './fakeBoardServer.ts';
import { refusal, type FakeServer } from './fakeServer.ts';

/** One person's socket to a fake server. */
export interface FakeServerLink extends ServerLink {
	/** The socket is lost: nothing arrives, and requests that run are `lost` although the server may have run them. */
	cut(): void;
	restore(): void;
	/** The server takes requests, but its answers get lost. */
	loseAnswers: boolean;
	/** How often each request reached the server. */
	readonly asked: Record<string, number>;
}

export function fakeServerLink(server: FakeServer, userId: string): FakeServerLink {
	const statusListeners = new Set<(status: LinkStatus) => void>();
	let status: LinkStatus = { name: 'live', attempt: 0, reason: null };
	let log: {
		last: number;
		onEvent: (event: RoomEvent) => void;
		onRefused: (reason: RefusalReason) => void;
	} | null = null;
	let live: {
		seatId: string;
		seated: boolean;
		onMessage: (message: LiveMessage) => void;
		onRefused: (reason: RefusalReason) => void;
	} | null = null;
	const passedListeners = new Set<(message: PassedMessage) => void>();
	const lost: LinkFailure = { kind: 'lost' };

	const isUp = () => status.name === 'live';

	function set(name: LinkStatus['name']): void {
		status = { name, attempt: name === 'live' ? 0 : 1, reason: null };
		for (const listener of statusListeners) listener(status);
	}

	function catchUp(): void {
		for (const event of server.log) {
			if (!log || !isUp() || server.removed.has(userId) || event.seq <= log.last) continue;
			log.last = event.seq;
			log.onEvent(event);
		}
	}

	function sit(): void {
		try {
			if (server.removed.has(userId)) throw refusal('removed');
			if (live?.seated) server.takeSeat(userId, live.seatId);
			else live?.onMessage(server.presence());
		} catch (error) {
			const { onRefused } = live ?? {};
			live = null;
			onRefused?.((error as { reason: RefusalReason }).reason);
		}
	}

	server.listeners.add({
		onLog: catchUp,
		onPresence: () => isUp() && live?.onMessage(server.presence()),
		onTaken: (seatId) => isUp() && live?.seatId === seatId && live.onMessage({ type: 'seatTaken' }),
		onPassed(message) {
			if (!isUp() || !live || message.fromUserId === userId) return;
			for (const listener of passedListeners) listener(message);
		},
		onRemoved: (removed) => removed === userId && isUp() && sit(),
		onSignal: (seatId, message) => isUp() && live?.seatId === seatId && live.onMessage(message)
	});

	async function ask<T>(name: string, run: () => T): Promise<T> {
		if (!isUp()) throw lost;
		link.asked[name] = (link.asked[name] ?? 0) + 1;
		const answer = run();
		await Promise.resolve();
		if (link.loseAnswers || !isUp()) throw lost;
		return answer;
	}

	const link: FakeServerLink = {
		asked: {},
		loseAnswers: false,
		cut() {
			set('reconnecting');
			if (live?.seated) server.loseSeat(live.seatId);
		},
		restore() {
			set('live');
			// A restored backup: this page has read what the log does not hold.
			if (log && log.last > server.log.length) log.onRefused('log-restored');
			catchUp();
			sit();
		},
		onStatus(listener) {
			statusListeners.add(listener);
			listener(status);
			return () => statusListeners.delete(listener);
		},
		followLog(after, onEvent, onRefused) {
			log = { last: after, onEvent, onRefused };
			queueMicrotask(catchUp);
			return () => {
				log = null;
			};
		},
		followLive(seat, onMessage, onRefused) {
			const mine = { ...seat, onMessage, onRefused };
			live = mine;
			queueMicrotask(() => live === mine && isUp() && sit());
			return () => {
				if (live !== mine) return;
				live = null;
				if (seat.seated) server.loseSeat(seat.seatId);
			};
		},
		state: () => ask('state', () => server.stateFor(userId)),
		clock: () => ask('clock', () => server.now()),
		say: (clientId, text) => ask('say', () => server.say(userId, clientId, text)),
		update: (seat) => ask('update', () => server.update(userId, seat)),
		start: () => ask('start', () => server.start()),
		extend: (...given) => ask('extend', () => server.extend(...given)),
		end: () => ask('end', () => server.end('mentor')),
		leaveSeat: (seatId) => ask('leaveSeat', () => server.leaveSeat(seatId, 'goodbye')),
		goodbye: (seatId) => server.leaveSeat(seatId, 'goodbye'),
		callTicket: (seatId) => ask('callTicket', () => server.ticket(seatId)),
		// A board of its own: tests of the whiteboard have their own lesson.
		board: fakeBoardServer().link(userId, false).board,
		company: {
			ask: ({ what, userId: whom }) => ask('ask', () => server.ask(userId, what, whom)),
			remove: (clientId, whom) => ask('remove', () => server.remove(clientId, userId, whom)),
			readmit: (clientId, whom) => ask('readmit', () => server.readmit(clientId, userId, whom)),
			react: ({ seatId, reaction }) =>
				ask('react', () =>
					server.pass({ type: 'reaction', fromUserId: userId, fromSeatId: seatId, reaction })
				),
			caption: ({ seatId, caption }) =>
				ask('caption', () =>
					server.pass({ type: 'caption', fromUserId: userId, fromSeatId: seatId, caption })
				),
			onPassed(listener) {
				passedListeners.add(listener);
				return () => passedListeners.delete(listener);
			}
		},
		readmitted: catchUp,
		signal: (message) => ask('signal', () => server.signal(userId, message)),
		close: () => set('closed')
	};
	return link;
}
