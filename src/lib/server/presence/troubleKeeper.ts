import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import type { Attendance } from './attendanceService.ts';
import type { Seat } from './presenceRoom.ts';
import type { Timers } from './timers.ts';

/** When the database did not take it, it is tried again after this time, ms. */
const RETRY_MS = 1_000;

/**
 * Writes what is wrong with a seat's devices into its attendance row, until the row says so or the seat is given up.
 * Beside everything else: nobody waits for the database to see that somebody is muted.
 */
export function createTroubleKeeper(deps: {
	attendance: Pick<Attendance, 'setDeviceTrouble'>;
	timers: Timers;
	onError: (error: unknown) => void;
}): (seat: Seat, isHeld: () => boolean) => void {
	const { attendance, timers, onError } = deps;
	/** The seats that are being written: whoever is at it takes the newest. */
	const busy = new Set<Seat>();

	async function write(seat: Seat, isHeld: () => boolean): Promise<void> {
		let written: DeviceTrouble | null | undefined;
		while (written !== seat.deviceTrouble && isHeld()) {
			const trouble = seat.deviceTrouble;
			try {
				await attendance.setDeviceTrouble(seat.stayId, trouble);
				written = trouble;
			} catch (error) {
				onError(error);
				await new Promise<void>((goOn) => timers.after(RETRY_MS, goOn));
			}
		}
		busy.delete(seat);
	}

	return (seat, isHeld) => {
		if (busy.has(seat)) return;
		busy.add(seat);
		void write(seat, isHeld);
	};
}
