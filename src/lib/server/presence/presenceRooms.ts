import type { Bus } from '../bus/bus.ts';
import { listenToRoom, type RoomMessage, type RoomRef } from '../roomLog/roomMessages.ts';
import type { PresenceRoom } from './presenceRoom.ts';
import type { Timers } from './timers.ts';

/** The rooms in which somebody is or watches. The others cost nothing. */
export interface Rooms {
	open(session: RoomRef): PresenceRoom;
	find(roomCode: string): PresenceRoom | undefined;
	ofSession(sessionId: string): PresenceRoom | undefined;
	all(): PresenceRoom[];
	/** Everybody in the room gets the list soon; changes until then go with it. */
	changed(room: PresenceRoom): void;
	/** Runs `task` after everything that was asked of this room before: changes of seats never overlap. */
	inOrder<T>(room: PresenceRoom, task: () => Promise<T>): Promise<T>;
	freeIfEmpty(room: PresenceRoom): void;
	/** Ends all streams. */
	close(): void;
}

export function createRooms(deps: {
	bus: Bus;
	timers: Timers;
	gatherMs: number;
	/** Somebody lost their seat because the mentor removed them. */
	onRemoved: (session: RoomRef, userId: string) => void;
}): Rooms {
	const { bus, timers, gatherMs, onRemoved } = deps;
	const byCode = new Map<string, PresenceRoom>();
	const byId = new Map<string, PresenceRoom>();

	function changed(room: PresenceRoom): void {
		room.stopSending ??= timers.after(gatherMs, () => {
			room.stopSending = null;
			for (const stream of room.streams) {
				stream.listDue = true;
				stream.bell.ring();
			}
		});
	}

	/** The end has closed all attendance rows in its own transaction: what is left is to let go of the seats. */
	function endRoom(room: PresenceRoom): void {
		room.over = true;
		for (const { presence } of room.seats.values()) {
			if (presence.name === 'away') presence.stopGrace();
		}
		room.seats.clear();
		changed(room);
		freeIfEmpty(room);
	}

	/** As for the end: their row is closed already, in the transaction that removed them. */
	function removeFrom(room: PresenceRoom, userId: string): void {
		room.removed.add(userId);
		const seat = room.seats.get(userId);
		if (seat?.presence.name === 'away') seat.presence.stopGrace();
		room.seats.delete(userId);
		onRemoved(room.session, userId);
		changed(room);
	}

	function hear(room: PresenceRoom, message: RoomMessage): void {
		if (message.type === 'over') return endRoom(room);
		if (message.type === 'left') return removeFrom(room, message.userId);
		if (message.type === 'admitted') return void room.removed.delete(message.userId);
		const { entry } = message;
		if (entry.type === 'session.end') endRoom(room);
		else if (entry.type === 'learner.removed') removeFrom(room, entry.payload.userId);
		else if (entry.type === 'learner.readmitted') room.removed.delete(entry.payload.userId);
	}

	function freeIfEmpty(room: PresenceRoom): void {
		if (room.streams.size > 0 || room.seats.size > 0 || room.pending > 0) return;
		if (byCode.get(room.session.roomCode) !== room) return;
		room.stopSending?.();
		room.unlisten();
		byCode.delete(room.session.roomCode);
		byId.delete(room.session.id);
	}

	function inOrder<T>(room: PresenceRoom, task: () => Promise<T>): Promise<T> {
		room.pending += 1;
		const result = room.work.then(task).finally(() => {
			room.pending -= 1;
			freeIfEmpty(room);
		});
		room.work = result.catch(() => undefined);
		return result;
	}

	return {
		open(session) {
			const known = byCode.get(session.roomCode);
			if (known) return known;
			const room: PresenceRoom = {
				session: { id: session.id, roomCode: session.roomCode },
				seats: new Map(),
				streams: new Set(),
				removed: new Set(),
				lastArrival: 0,
				over: false,
				work: Promise.resolve(),
				pending: 0,
				stopSending: null,
				unlisten: listenToRoom(bus, session.roomCode, (message) => hear(room, message))
			};
			byCode.set(session.roomCode, room);
			byId.set(session.id, room);
			return room;
		},
		find: (roomCode) => byCode.get(roomCode),
		ofSession: (sessionId) => byId.get(sessionId),
		all: () => [...byCode.values()],
		changed,
		inOrder,
		freeIfEmpty,
		close() {
			for (const room of byCode.values()) {
				room.stopSending?.();
				room.unlisten();
				for (const stream of room.streams) {
					stream.closed = true;
					stream.bell.ring();
				}
			}
			byCode.clear();
			byId.clear();
		}
	};
}
