import { hasPlace } from '../../shared/roomPlaces.ts';
import type { Role } from '../../shared/sessionStatus.ts';

/** What decides about a seat. */
export interface TakenSeat {
	userId: string;
	role: Role;
	seatId: string;
}

export type Seating =
	/** The page that holds the seat is back, or opened a second connection. */
	| 'return'
	/** A newer tab or device of the person: it gets the seat (spec T9). */
	| 'takeOver'
	/** A page that had the seat before the one that has it now, perhaps without having heard of it. */
	| 'taken'
	| 'new'
	| 'full';

/**
 * What happens to somebody who asks for a seat. A person has one seat however many pages they open. `satBefore`:
 * this very page had a seat here some time ago, be it before a restart or a long sleep.
 */
export function decideSeating(
	seats: readonly TakenSeat[],
	asking: { userId: string; role: Role; seatId: string; satBefore: boolean },
	capacity: number
): Seating {
	const own = seats.find((seat) => seat.userId === asking.userId);
	if (own?.seatId === asking.seatId) return 'return';
	if (own) return asking.satBefore ? 'taken' : 'takeOver';
	return hasPlace(seats, asking.role, capacity) ? 'new' : 'full';
}
