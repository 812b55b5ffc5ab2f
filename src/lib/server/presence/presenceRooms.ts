import type { Bus } from '../bus/bus.ts';
import { listenToRoom, type RoomRef } from '../roomLog/roomMessages.ts';
import type { PresenceRoom } from './presenceRoom.ts';
import type { Timers } from './timers.ts';

/** The rooms in which somebody is or watches. The others cost nothing. */
export interface Rooms {
	open(session: RoomRef): PresenceRoom;
	find(roomCode: string): PresenceRoom | undefined;
	all(): PresenceRoom[];
	/** Everybody in the room gets the list soon; changes until then go with it. */
	changed(room: PresenceRoom): void;
	/** Runs `task` after everything that was asked of this room before: changes of seats never overlap. */
	inOrder<T>(room: PresenceRoom, task: () => Promise<T>): Promise<T>;
	freeIfEmpty(room: PresenceRoom): void;
	/** Ends all streams. */
	close(): void;
}

export function createRooms(deps: { bus: Bus; timers: Timers; gatherMs: number }): Rooms {
	const { bus, timers, gatherMs } = deps;
	const byCode = new Map<string, PresenceRoom>();

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

	function freeIfEmpty(room: PresenceRoom): void {
		if (room.streams.size > 0 || room.seats.size > 0 || room.pending > 0) return;
		if (byCode.get(room.session.roomCode) !== room) return;
		room.stopSending?.();
		room.unlisten();
		byCode.delete(room.session.roomCode);
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
				lastArrival: 0,
				over: false,
				work: Promise.resolve(),
				pending: 0,
				stopSending: null,
				unlisten: listenToRoom(bus, session.roomCode, (message) => {
					if (message.type === 'over' || message.entry.type === 'session.end') endRoom(room);
				})
			};
			byCode.set(session.roomCode, room);
			return room;
		},
		find: (roomCode) => byCode.get(roomCode),
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
		}
	};
}
