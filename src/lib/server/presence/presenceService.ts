import type { Bus } from '../bus/bus.ts';
import type { CaptionsChoice } from '../../shared/captions.ts';
import type { HostRequest } from '../../shared/hosting.ts';
import type { DrawMessage, SentInk } from '../../shared/boardInk.ts';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import type { LineReport } from '../../shared/lineReport.ts';
import type { LiveMessage, MediaState, PassedMessage } from '../../shared/live.ts';
import type { PictureSizes } from '../../shared/pictureSizes.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Member } from '../../shared/roomState.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { Row, Store } from '../db/store.ts';
import { createBell } from '../roomLog/bell.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import { createAttendance } from './attendanceService.ts';
import { askPages } from './hostRequests.ts';
import { createLiveStream, presenceMessage } from './presenceRoom.ts';
import { createRooms } from './presenceRooms.ts';
import { createSeats } from './seats.ts';
import { realTimers, type Timers } from './timers.ts';

/** What a page says about its seat; what is left out stays as it is. */
export interface SeatUpdate {
	seatId: string;
	peerId?: string | null;
	media?: MediaState;
	handRaised?: boolean;
	line?: LineReport | null;
	shows?: PictureSizes;
	/** Kept with the stay, for the recap. */
	deviceTrouble?: DeviceTrouble | null;
	captions?: CaptionsChoice | null;
}

/** Who is in which room right now. Durable only as attendance rows and log entries. */
export interface Presence {
	/**
	 * The first message is the list of who is there; then a new list at each change until `signal` aborts. With
	 * `seated` the person is present as long as this runs, and `away` for a grace period after it. A page whose
	 * seat went to a newer one gets `seatTaken`; to take it back it comes with a fresh `seatId`.
	 * In a session that is over the list is empty and stays so. Refusals: `room-full`, `removed`.
	 */
	live(
		session: Pick<Row<'sessions'>, 'id' | 'roomCode' | 'status'>,
		member: Member,
		seat: { seatId: string; seated: boolean },
		signal: AbortSignal
	): AsyncGenerator<LiveMessage, void, undefined>;
	/** Refusals: `seat-taken`, `no-seat`. */
	update(roomCode: string, userId: string, update: SeatUpdate): Promise<void>;
	/** An explicit goodbye. Nothing happens when the person does not hold this seat. */
	leaveSeat(roomCode: string, user: { id: string }, seatId: string): Promise<void>;
	/**
	 * Passes something on to another seat of the same room, at once or not at all. Refusals: `no-seat`, `not-found` when
	 * the other one is not here, `too-many`.
	 */
	signal(roomCode: string, userId: string, signal: { seatId: string; toSeatId: string; data: string }): void;
	/** To every other stream of the room; what a slow one cannot take is dropped. Nothing when this page has no seat. */
	draw(roomCode: string, userId: string, seatId: string, messages: DrawMessage<SentInk>[]): void;
	/**
	 * Has the page of one person, or of everybody else, do something at once; answers how many were asked. One that is
	 * away gets it when it is back. Only for mentors: to be checked before.
	 */
	ask(roomCode: string, from: { userId: string; what: HostRequest; toUserId: string | null }): number;
	/** To every other stream of the room; of what a slow one cannot take the oldest is dropped. */
	pass(roomCode: string, message: PassedMessage): void;
	/** Whether this person has a seat in this session, be they here or away. */
	isSeated(sessionId: string, userId: string): boolean;
	/** Whether this page holds the person's seat, be it here or away. */
	holdsSeat(roomCode: string, userId: string, seatId: string): boolean;
	/** Who came when and left when, oldest first. */
	attendanceOf(sessionId: string): Promise<Row<'attendance'>[]>;
	/** At start: the people a killed or stopped server left behind are away, with a grace period to come back. */
	recover(): Promise<void>;
	/** For metrics. */
	counts(): { rooms: number; seats: number; streams: number };
	/** For a restart: everybody stays seated in the database. */
	close(): Promise<void>;
}

/** Updates come with each click; many within this time are one message, ms. */
const GATHER_MS = 10;

export function createPresence(deps: {
	store: Store;
	roomLog: RoomLog;
	bus: Bus;
	now: () => number;
	/** Called with what failed in the background; nothing is lost by it, the next try comes. */
	onError: (error: unknown) => void;
	/** Somebody lost their seat because the mentor removed them. */
	onRemoved?: (sessionId: string, userId: string) => void;
	/** Seats in one room, the mentor's included. */
	capacity?: number;
	/** How long the seat of a lost connection is kept, ms. */
	graceMs?: number;
	heartbeatMs?: number;
	timers?: Timers;
}): Presence {
	const { store, roomLog, bus, now, onError } = deps;
	const { capacity = 4, graceMs = 10_000, heartbeatMs = 10_000, timers = realTimers } = deps;
	const attendance = createAttendance({ store, roomLog });
	const rooms = createRooms({
		...{ bus, timers, gatherMs: GATHER_MS },
		onRemoved: ({ id }, userId) => deps.onRemoved?.(id, userId)
	});
	const seats = createSeats({ attendance, rooms, timers, now, onError, capacity, graceMs });

	function beat(): Promise<void> {
		const ids = rooms
			.all()
			.flatMap((room) => [...room.seats.values()])
			.flatMap((seat) => (seat.presence.name === 'here' ? [seat.stayId] : []));
		return ids.length === 0 ? Promise.resolve() : attendance.heartbeat(ids, now());
	}
	let closed = false;
	const stopBeating = timers.every(heartbeatMs, () => void beat().catch(onError));

	return {
		async *live(session, member, { seatId, seated }, signal) {
			if (signal.aborted) return;
			const over = isOver(session.status);
			if (over) yield presenceMessage([], now());
			// A process that stops says nothing more: an empty list would end the calls of people who stay.
			if (over || closed) {
				const stayed = createBell();
				signal.addEventListener('abort', stayed.ring, { once: true });
				if (!signal.aborted) await stayed.wait();
				return;
			}
			const room = rooms.open(session);
			const stream = createLiveStream();
			room.streams.add(stream);
			const stop = () => {
				if (stream.closed) return;
				stream.closed = true;
				room.streams.delete(stream);
				stream.bell.ring();
				seats.lose(room, member.userId, stream);
				rooms.freeIfEmpty(room);
			};
			signal.addEventListener('abort', stop, { once: true });
			try {
				if (seated) await rooms.inOrder(room, () => seats.take(room, member, seatId, stream));
				stream.listDue = true;
				while (!stream.closed) {
					if (stream.listDue) {
						stream.listDue = false;
						yield presenceMessage(room.seats.values(), now());
					} else if (stream.takenDue) {
						stream.takenDue = false;
						yield { type: 'seatTaken' };
					} else if (stream.signals.length > 0) yield* stream.signals.splice(0);
					else if (stream.hostRequests.size > 0) yield* takeAll(stream.hostRequests);
					else if (stream.passing.waiting() > 0) yield stream.passing.take()!;
					else if (stream.drawings.waiting() > 0) yield stream.drawings.take()!;
					else await stream.bell.wait();
				}
			} finally {
				signal.removeEventListener('abort', stop);
				stop();
			}
		},

		async update(roomCode, userId, update) {
			const room = rooms.find(roomCode);
			if (!room) throw new Refusal('no-seat');
			await rooms.inOrder(room, async () => seats.update(room, userId, update));
		},

		async leaveSeat(roomCode, user, seatId) {
			const room = rooms.find(roomCode);
			if (room) await rooms.inOrder(room, () => seats.leave(room, user.id, seatId));
		},

		signal(roomCode, userId, signal) {
			const room = rooms.find(roomCode);
			if (!room) throw new Refusal('no-seat');
			seats.signal(room, userId, signal);
		},

		draw(roomCode, userId, seatId, messages) {
			const room = rooms.find(roomCode);
			if (room) seats.draw(room, userId, seatId, messages);
		},

		ask(roomCode, from) {
			const room = rooms.find(roomCode);
			return room ? askPages(room, from, now()) : 0;
		},

		pass(roomCode, message) {
			const room = rooms.find(roomCode);
			const own = room?.seats.get(message.fromUserId)?.presence;
			for (const stream of room?.streams ?? []) {
				if (own?.name === 'here' && own.stream === stream) continue;
				stream.passing.add(message);
				stream.bell.ring();
			}
		},

		isSeated: (sessionId, userId) => rooms.ofSession(sessionId)?.seats.has(userId) ?? false,

		holdsSeat: (roomCode, userId, seatId) => rooms.find(roomCode)?.seats.get(userId)?.seatId === seatId,

		attendanceOf: (sessionId) => attendance.list(sessionId),

		async recover() {
			for (const { stay, session, member } of await attendance.recover()) {
				const room = rooms.open(session);
				await rooms.inOrder(room, () => seats.restore(room, member, stay));
			}
		},

		counts() {
			const all = rooms.all();
			const sum = (size: (room: (typeof all)[number]) => number) =>
				all.reduce((total, room) => total + size(room), 0);
			return { rooms: all.length, seats: sum((r) => r.seats.size), streams: sum((r) => r.streams.size) };
		},

		async close() {
			closed = true;
			stopBeating();
			seats.close();
			await Promise.all(rooms.all().map((room) => room.work));
			await beat();
			rooms.close();
		}
	};
}

function takeAll<K, T>(waiting: Map<K, T>): T[] {
	const all = [...waiting.values()];
	waiting.clear();
	return all;
}
