import type { CaptionsChoice } from '../../shared/captions.ts';
import type { HostRequest } from '../../shared/hosting.ts';
import { hasPlace } from '../../shared/roomPlaces.ts';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import type { LineReport } from '../../shared/lineReport.ts';
import {
	NO_MEDIA,
	type LiveMessage,
	type MediaState,
	type Participant,
	type PassedMessage
} from '../../shared/live.ts';
import type { NextSession } from '../../shared/nextSession.ts';
import type { PictureSizes } from '../../shared/pictureSizes.ts';
import type { RefusalReason } from '../../shared/refusals.ts';
import type { LeaveReason, RoomEvent, RoomEventPayloads, RoomEventType } from '../../shared/roomEvents.ts';
import type { CallTicket, Member, RoomState, SessionView } from '../../shared/roomState.ts';
import type { LinkFailure } from '../ports.ts';

/** One session on a server in memory: log, seats and status by the same rules as the real one. */
export interface FakeServer {
	session: SessionView;
	readonly log: RoomEvent[];
	now(): number;
	stateFor(userId: string): RoomState;
	append<T extends RoomEventType>(
		type: T,
		actorId: string | null,
		payload: RoomEventPayloads[T],
		clientId?: string
	): RoomEvent;
	/** Throws a `LinkFailure` where the real one refuses. */
	say(userId: string, clientId: string, text: string): RoomEvent;
	start(): void;
	end(reason: 'mentor' | 'time'): void;
	extend(clientId: string, minutes: number, overlapAccepted?: boolean): void;
	update(
		userId: string,
		seat: {
			seatId: string;
			peerId?: string | null;
			media?: MediaState;
			handRaised?: boolean;
			line?: LineReport | null;
			shows?: PictureSizes;
			deviceTrouble?: DeviceTrouble | null;
			captions?: CaptionsChoice | null;
		}
	): void;
	takeSeat(userId: string, seatId: string): void;
	/** The connection of a seat went away; `leaveSeat` ends the seat itself. */
	loseSeat(seatId: string): void;
	leaveSeat(seatId: string, reason: LeaveReason): void;
	ticket(seatId: string): CallTicket;
	/** Passes something on from the seat of a person to another one. */
	signal(userId: string, message: { seatId: string; toSeatId: string; data: string }): void;
	presence(): LiveMessage;
	/** Called after each new entry and each change of who is there. */
	listeners: Set<{
		onLog: (event: RoomEvent) => void;
		onPresence: () => void;
		onTaken: (seatId: string) => void;
		onSignal: (toSeatId: string, message: LiveMessage) => void;
		onPassed: (message: PassedMessage) => void;
		onRemoved: (userId: string) => void;
	}>;
	/** Whose next session an extension runs into. */
	next: NextSession[];
	/** The next messages are refused with this. */
	refuseSay: RefusalReason | null;
	seats: Map<string, Participant>;
	capacity: number;
	/** User ids. */
	removed: Set<string>;
	ask(fromUserId: string, what: HostRequest, userId: string | null): number;
	remove(clientId: string, by: string, userId: string): void;
	readmit(clientId: string, by: string, userId: string): void;
	pass(message: PassedMessage): void;
}

export function refusal(reason: RefusalReason, next?: NextSession[]): LinkFailure {
	return { kind: 'refused', reason, message: `Refused: ${reason}`, next };
}

export function fakeServer(session: SessionView, now: () => number): FakeServer {
	let arrivals = 0;
	let tickets = 0;

	function memberOf(userId: string): Member {
		const member = server.session.members.find((one) => one.userId === userId);
		if (!member) throw refusal('not-found');
		return member;
	}

	function changed(): void {
		for (const listener of server.listeners) listener.onPresence();
	}

	const server: FakeServer = {
		session,
		log: [],
		now,
		seats: new Map(),
		listeners: new Set(),
		refuseSay: null,
		capacity: 4,
		removed: new Set(),
		next: [],
		stateFor: (userId) => ({
			...{ session: server.session, me: memberOf(userId), serverNow: now() },
			...{ capacity: server.capacity, nextStartsAt: null, removed: server.removed.has(userId) }
		}),
		append(type, actorId, payload, clientId = `server-${server.log.length}`) {
			const known = server.log.find((entry) => entry.clientId === clientId);
			if (known) return known;
			const seq = server.log.length + 1;
			const event = { seq, clientId, at: now(), actorId, type, payload } as RoomEvent;
			server.log.push(event);
			for (const listener of server.listeners) listener.onLog(event);
			return event;
		},
		say(userId, clientId, text) {
			if (server.refuseSay) throw refusal(server.refuseSay);
			const known = server.log.find((entry) => entry.clientId === clientId);
			if (known && !(known.type === 'chat.message' && known.payload.text === text))
				throw refusal('id-conflict');
			return server.append('chat.message', userId, { text }, clientId);
		},
		start() {
			if (server.session.status !== 'scheduled') return;
			server.session = { ...server.session, status: 'live', startedAt: now() };
			server.append('session.start', null, {});
		},
		end(reason) {
			if (server.session.status !== 'live') return;
			const durationSeconds = Math.round((now() - (server.session.startedAt ?? now())) / 1000);
			server.session = { ...server.session, status: 'completed', endedAt: now(), endReason: reason };
			server.append('session.end', null, { reason, durationSeconds });
			server.seats.clear();
			changed();
		},
		extend(clientId, minutes, overlapAccepted) {
			if (server.log.some((entry) => entry.clientId === clientId)) return;
			if (server.next.length > 0 && !overlapAccepted) throw refusal('overlaps-next', server.next);
			const endsAt = server.session.endsAt + minutes * 60_000;
			server.session = { ...server.session, endsAt };
			server.append('session.extend', null, { minutes, endsAt }, clientId);
		},
		update(userId, { seatId, ...change }) {
			const seat = server.seats.get(userId);
			if (seat?.seatId !== seatId) throw refusal('no-seat');
			// As over the wire: what is left out is not there.
			const raised = change.handRaised ?? seat.handRaised;
			const handRaisedAt = raised ? (seat.handRaisedAt ?? now()) : null;
			server.seats.set(userId, {
				...seat,
				handRaisedAt,
				...(JSON.parse(JSON.stringify(change)) as typeof change)
			});
			changed();
		},
		takeSeat(userId, seatId) {
			if (server.session.status === 'completed') return;
			const { name, role } = memberOf(userId);
			if (server.removed.has(userId)) throw refusal('removed');
			const old = server.seats.get(userId);
			if (!old && !hasPlace([...server.seats.values()], role, server.capacity)) throw refusal('room-full');
			if (old?.seatId === seatId) server.seats.set(userId, { ...old, state: 'here' });
			else {
				const fresh = {
					peerId: null,
					media: NO_MEDIA,
					handRaised: false,
					handRaisedAt: null,
					captions: null,
					line: null,
					deviceTrouble: null,
					state: 'here' as const
				};
				server.seats.set(userId, { userId, name, role, seatId, arrival: ++arrivals, ...fresh });
				if (old) for (const listener of server.listeners) listener.onTaken(old.seatId);
				else server.append(role === 'mentor' ? 'mentor.join' : 'learner.join', userId, {});
			}
			changed();
		},
		loseSeat(seatId) {
			const seat = [...server.seats.values()].find((one) => one.seatId === seatId);
			if (!seat) return;
			server.seats.set(seat.userId, { ...seat, state: 'away' });
			changed();
		},
		leaveSeat(seatId, reason) {
			const seat = [...server.seats.values()].find((one) => one.seatId === seatId);
			if (!seat) return;
			server.seats.delete(seat.userId);
			server.append(seat.role === 'mentor' ? 'mentor.leave' : 'learner.leave', seat.userId, { reason });
			changed();
		},
		ticket(seatId) {
			if (![...server.seats.values()].some((seat) => seat.seatId === seatId)) throw refusal('no-seat');
			const place = { path: '/', host: null, port: null, secure: null };
			const peerId = `peer-${++tickets}`;
			return { peerId, token: 'signed', ...place, iceServers: [], expiresAt: now() + 600_000 };
		},
		signal(userId, { seatId, toSeatId, data }) {
			if (server.seats.get(userId)?.seatId !== seatId) throw refusal('no-seat');
			const message = { type: 'signal', fromUserId: userId, fromSeatId: seatId, data } as const;
			for (const listener of server.listeners) listener.onSignal(toSeatId, message);
		},
		ask(fromUserId, what, userId) {
			const asked = [...server.seats.values()].filter(
				(seat) => seat.userId !== fromUserId && (userId ?? seat.userId) === seat.userId
			);
			for (const { seatId } of asked)
				for (const listener of server.listeners)
					listener.onSignal(seatId, { type: 'hostRequest', what, fromUserId });
			return asked.length;
		},
		remove(clientId, by, userId) {
			if (server.removed.has(userId)) return;
			server.removed.add(userId);
			server.append('learner.removed', by, { userId }, clientId);
			const seat = server.seats.get(userId);
			if (seat) server.leaveSeat(seat.seatId, 'removed');
			for (const listener of server.listeners) listener.onRemoved(userId);
		},
		readmit(clientId, by, userId) {
			if (server.removed.delete(userId)) server.append('learner.readmitted', by, { userId }, clientId);
		},
		pass(message) {
			for (const listener of server.listeners) listener.onPassed(message);
		},
		presence: () => ({ type: 'presence', participants: [...server.seats.values()], serverNow: now() })
	};
	return server;
}
