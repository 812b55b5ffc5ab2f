import { roomTopic, type Bus } from '../bus/bus.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import type { Row } from '../db/store.ts';

/** Which room is meant: the id for the database, the code for the bus. */
export type RoomRef = Pick<Row<'sessions'>, 'id' | 'roomCode'>;

/** What the topic of a room carries. Everything in it is already in the database. */
export type RoomMessage =
	| { type: 'entry'; entry: RoomEvent }
	/** Nothing more happens in this room: it ended, was cancelled or was missed. */
	| { type: 'over' }
	/** This person is no member any more. No entry of the log says so: it would tell who has an account. */
	| { type: 'left'; userId: string }
	/** This person is a member (again). */
	| { type: 'admitted'; userId: string };

export function publishToRoom(bus: Bus, roomCode: string, message: RoomMessage): void {
	bus.publish(roomTopic(roomCode), message);
}

/** Returns the way to stop listening. */
export function listenToRoom(
	bus: Bus,
	roomCode: string,
	listener: (message: RoomMessage) => void
): () => void {
	return bus.subscribe(roomTopic(roomCode), (message) => listener(message as RoomMessage));
}
