import type { Participant } from '../../shared/live.ts';
import type { Member } from '../../shared/roomState.ts';
import { hasPlace } from '../../shared/roomPlaces.ts';
import type { Clock, Stop } from '../ports.ts';
import { requestRetry } from '../retryPolicy.ts';
import type { Phase } from '../roomView.ts';

/** Comes in by itself when the full room has a place again. */
export interface PlaceWatch {
	/** Who is there may have changed. */
	look(): void;
	stop(): void;
}

export function watchPlaces(deps: {
	me: Member;
	capacity: number;
	clock: Clock;
	phase: () => Phase;
	participants: () => readonly Participant[] | null;
	onPlace: () => void;
}): PlaceWatch {
	const { me, capacity, clock, phase, participants, onPlace } = deps;
	let attempt = 0;
	let waiting: Stop | null = null;

	function isFree(): boolean {
		const people = participants();
		return phase().name === 'full' && people !== null && hasPlace(people, me.role, capacity);
	}

	function comeIn(): void {
		waiting = null;
		if (!isFree()) return;
		attempt += 1;
		onPlace();
	}

	return {
		look() {
			if (phase().name === 'inRoom' || phase().name === 'lobby') attempt = 0;
			// Others wait as well: whoever came too late does not ask in a tight loop.
			else if (isFree())
				waiting ??= attempt === 0 ? clock.after(0, comeIn) : clock.after(requestRetry(attempt), comeIn);
		},
		stop() {
			waiting?.();
			waiting = null;
		}
	};
}
