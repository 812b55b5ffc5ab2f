import type { DrawMessage, SentInk } from '../../shared/boardInk.ts';
import { sameTrouble } from '../../shared/deviceTrouble.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Member } from '../../shared/roomState.ts';
import type { Row } from '../db/store.ts';
import { createId } from '../ids.ts';
import type { Attendance } from './attendanceService.ts';
import { askAgain, forgetAsked } from './hostRequests.ts';
import { newSeat, nextArrival, type LiveStream, type PresenceRoom, type Seat } from './presenceRoom.ts';
import type { Rooms } from './presenceRooms.ts';
import type { SeatUpdate } from './presenceService.ts';
import { decideSeating } from './seating.ts';
import type { Timers } from './timers.ts';
import { createTroubleKeeper } from './troubleKeeper.ts';

/** When the database did not take a departure, it is tried again after this time, ms. */
const RETRY_MS = 1_000;
/** Signals that may wait for one page: an offer and its candidates are about ten. */
const SIGNALS_MAX = 64;
/** Former seats remembered for one person. */
const FORMER_SEATS_MAX = 16;

/**
 * Taking, losing and leaving seats. `take`, `leave`, `update` and `restore` run one after the other in each room
 * (`rooms.inOrder`); whatever must not be lost is in the database before anybody sees it.
 */
export interface Seats {
	/** Refusals: `room-full`, `removed`. */
	take(room: PresenceRoom, member: Member, seatId: string, stream: LiveStream): Promise<void>;
	/** The stream ended: if it carried the person's seat, they are away. */
	lose(room: PresenceRoom, userId: string, stream: LiveStream): void;
	leave(room: PresenceRoom, userId: string, seatId: string): Promise<void>;
	/** Refusals: `seat-taken`, `no-seat`. */
	update(room: PresenceRoom, userId: string, update: SeatUpdate): void;
	/** Refusals: `no-seat`, `not-found`, `too-many`. */
	signal(
		room: PresenceRoom,
		userId: string,
		signal: { seatId: string; toSeatId: string; data: string }
	): void;
	/** To every other stream of the room. Nothing when the person does not hold this seat. */
	draw(room: PresenceRoom, userId: string, seatId: string, messages: DrawMessage<SentInk>[]): void;
	/** A stay that an earlier process left open. */
	restore(room: PresenceRoom, member: Member, stay: Row<'attendance'>): Promise<void>;
	/** From now on nobody is away and nobody leaves: the process stops, the people do not. */
	close(): void;
}

export function createSeats(deps: {
	attendance: Attendance;
	rooms: Rooms;
	timers: Timers;
	now: () => number;
	onError: (error: unknown) => void;
	capacity: number;
	graceMs: number;
}): Seats {
	const { attendance, rooms, timers, now, onError, capacity, graceMs } = deps;
	const keepTrouble = createTroubleKeeper({ attendance, timers, onError });
	let closed = false;

	function away(room: PresenceRoom, seat: Seat, since: number): void {
		seat.presence = { name: 'away', since, stopGrace: expireAfter(room, seat, graceMs) };
		rooms.changed(room);
	}

	function expireAfter(room: PresenceRoom, seat: Seat, ms: number): () => void {
		return timers.after(ms, () => {
			void rooms
				.inOrder(room, () => expire(room, seat))
				.catch((error: unknown) => {
					onError(error);
					if (seat.presence.name === 'away' && !closed)
						seat.presence = { ...seat.presence, stopGrace: expireAfter(room, seat, RETRY_MS) };
				});
		});
	}

	async function expire(room: PresenceRoom, seat: Seat): Promise<void> {
		if (closed || room.seats.get(seat.member.userId) !== seat || seat.presence.name !== 'away') return;
		await attendance.leave(
			room.session,
			{ id: seat.stayId, member: seat.member },
			seat.presence.since,
			'lost'
		);
		if (room.seats.get(seat.member.userId) === seat) room.seats.delete(seat.member.userId);
		rooms.changed(room);
	}

	/** Writes first; answers false when the session turned out to be over. Refusal `removed`. */
	async function written(room: PresenceRoom, userId: string, write: Promise<void>): Promise<boolean> {
		try {
			await write;
		} catch (error) {
			if (!(error instanceof Refusal && error.reason === 'session-over')) throw error;
			room.over = true;
		}
		// The end, or the removal, may have come right after our commit; it has closed our stay then.
		if (room.removed.has(userId)) throw new Refusal('removed');
		return !room.over;
	}

	function sit(room: PresenceRoom, seat: Seat): void {
		room.seats.set(seat.member.userId, seat);
		// The page may have gone while its arrival was being written.
		if (seat.presence.name === 'here' && seat.presence.stream.closed && !closed) away(room, seat, now());
		rooms.changed(room);
	}

	function sitAgain(room: PresenceRoom, seat: Seat, stream: LiveStream): void {
		if (seat.presence.name === 'away') seat.presence.stopGrace();
		seat.presence = { name: 'here', stream };
		askAgain(seat, stream, now());
		rooms.changed(room);
	}

	async function sitNew(
		room: PresenceRoom,
		member: Member,
		seatId: string,
		stream: LiveStream
	): Promise<void> {
		const arrival = nextArrival(room, now());
		const stayId = createId();
		const write = attendance.join(room.session, { id: stayId, member }, seatId, arrival);
		if (!(await written(room, member.userId, write))) return;
		sit(
			room,
			newSeat({ member, seatId, arrival, stayId, presence: { name: 'here', stream }, formerSeatIds: [] })
		);
	}

	async function takeOver(
		room: PresenceRoom,
		member: Member,
		seatId: string,
		stream: LiveStream,
		old: Seat
	): Promise<void> {
		const arrival = nextArrival(room, now());
		const stayId = createId();
		const leftAt = old.presence.name === 'away' ? old.presence.since : arrival;
		const { deviceTrouble } = old;
		const from = { id: old.stayId, leftAt, deviceTrouble };
		const write = attendance.move(room.session, from, { id: stayId, member }, seatId, arrival);
		if (!(await written(room, member.userId, write))) return;
		if (old.presence.name === 'away') old.presence.stopGrace();
		else {
			old.presence.stream.takenDue = true;
			old.presence.stream.bell.ring();
		}
		const formerSeatIds = [...old.formerSeatIds, old.seatId].slice(-FORMER_SEATS_MAX);
		const presence: Seat['presence'] = { name: 'here', stream };
		const seat = newSeat({ member, seatId, arrival, stayId, presence, formerSeatIds });
		sit(room, { ...seat, deviceTrouble });
	}

	function raise(seat: Seat, handRaised: boolean): void {
		if (handRaised !== seat.handRaised) seat.handRaisedAt = handRaised ? now() : null;
		seat.handRaised = handRaised;
	}

	return {
		async take(room, member, seatId, stream) {
			if (stream.closed || room.over || closed) return;
			const taken = [...room.seats.values()].map((seat) => ({ ...seat, ...seat.member }));
			const own = room.seats.get(member.userId);
			// By the rows, which outlive seats and servers: a laptop that wakes up does not take the seat from the phone.
			const satBefore =
				own !== undefined &&
				own.seatId !== seatId &&
				(await attendance.seatIds(room.session.id, member.userId)).includes(seatId);
			switch (decideSeating(taken, { ...member, seatId, satBefore }, capacity)) {
				case 'full':
					throw new Refusal('room-full');
				case 'taken':
					stream.takenDue = true;
					return;
				case 'return':
					return own && sitAgain(room, own, stream);
				case 'takeOver':
					return own && takeOver(room, member, seatId, stream, own);
				case 'new':
					return sitNew(room, member, seatId, stream);
			}
		},

		lose(room, userId, stream) {
			const seat = room.seats.get(userId);
			if (closed || seat?.presence.name !== 'here' || seat.presence.stream !== stream) return;
			away(room, seat, now());
		},

		async leave(room, userId, seatId) {
			const seat = room.seats.get(userId);
			if (seat?.seatId !== seatId || closed) return;
			const leftAt = seat.presence.name === 'away' ? seat.presence.since : now();
			await attendance.leave(room.session, { id: seat.stayId, member: seat.member }, leftAt, 'goodbye');
			if (seat.presence.name === 'away') seat.presence.stopGrace();
			if (room.seats.get(userId) === seat) room.seats.delete(userId);
			rooms.changed(room);
		},

		update(room, userId, { seatId, peerId, media, handRaised, line, shows, deviceTrouble, captions }) {
			const seat = room.seats.get(userId);
			if (seat?.formerSeatIds.includes(seatId)) throw new Refusal('seat-taken');
			if (seat?.seatId !== seatId) throw new Refusal('no-seat');
			if (peerId !== undefined) seat.peerId = peerId;
			if (media) seat.media = media;
			if (handRaised !== undefined) raise(seat, handRaised);
			if (captions !== undefined) seat.captions = captions;
			forgetAsked(seat);
			if (line !== undefined) seat.line = line;
			if (shows) seat.shows = shows;
			if (deviceTrouble !== undefined && !sameTrouble(seat.deviceTrouble, deviceTrouble)) {
				seat.deviceTrouble = deviceTrouble;
				keepTrouble(seat, () => !closed && room.seats.get(userId) === seat);
			}
			rooms.changed(room);
		},

		signal(room, userId, { seatId, toSeatId, data }) {
			if (room.seats.get(userId)?.seatId !== seatId) throw new Refusal('no-seat');
			const to = [...room.seats.values()].find((seat) => seat.seatId === toSeatId)?.presence;
			if (to?.name !== 'here') throw new Refusal('not-found');
			const { signals, bell } = to.stream;
			if (signals.length >= SIGNALS_MAX) throw new Refusal('too-many');
			signals.push({ type: 'signal', fromUserId: userId, fromSeatId: seatId, data });
			bell.ring();
		},

		draw(room, userId, seatId, messages) {
			const seat = room.seats.get(userId);
			if (seat?.seatId !== seatId) return;
			const own = seat.presence.name === 'here' ? seat.presence.stream : null;
			for (const stream of room.streams) {
				if (stream === own) continue;
				messages.forEach(stream.drawings.add);
				stream.bell.ring();
			}
		},

		async restore(room, member, stay) {
			const arrival = stay.joinedAt.getTime();
			room.lastArrival = Math.max(room.lastArrival, arrival);
			const since = stay.heartbeatAt.getTime();
			const earlier = room.seats.get(member.userId);
			// Two open stays of one person: an interrupted write of long ago. The newer one counts.
			if (earlier) {
				if (earlier.presence.name === 'away') earlier.presence.stopGrace();
				await attendance.leave(room.session, { id: earlier.stayId, member }, since, 'lost');
			}
			const presence: Seat['presence'] = { name: 'away', since, stopGrace: () => undefined };
			const seat = newSeat({
				member,
				seatId: stay.seatId,
				arrival,
				stayId: stay.id,
				presence,
				formerSeatIds: []
			});
			seat.deviceTrouble = stay.deviceTrouble;
			room.seats.set(member.userId, seat);
			away(room, seat, since);
		},

		close() {
			closed = true;
			for (const room of rooms.all()) {
				for (const { presence } of room.seats.values()) if (presence.name === 'away') presence.stopGrace();
			}
		}
	};
}
