import { expect, test } from 'vitest';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import { createFakeTimers } from './fakeTimers.ts';
import { newSeat, type Seat } from './presenceRoom.ts';
import { createTroubleKeeper } from './troubleKeeper.ts';

function start() {
	const timers = createFakeTimers(0);
	const rows: (DeviceTrouble | null)[] = [];
	const errors: unknown[] = [];
	const database = { full: false };
	let held = true;
	const keep = createTroubleKeeper({
		timers,
		onError: (error) => errors.push(error),
		attendance: {
			async setDeviceTrouble(_stay, trouble) {
				await Promise.resolve();
				if (database.full) throw new Error('full');
				rows.push(trouble);
			}
		}
	});
	const seat: Seat = newSeat({
		...{ member: { userId: 'liam', name: 'Liam', role: 'learner' }, seatId: 'l1', arrival: 1 },
		...{ stayId: 'stay', presence: { name: 'away', since: 0, stopGrace: () => undefined } },
		formerSeatIds: []
	});
	const set = (trouble: DeviceTrouble | null) => {
		seat.deviceTrouble = trouble;
		keep(seat, () => held);
	};
	return { timers, rows, errors, database, set, giveUp: () => (held = false) };
}

test('[F9] what changes while the database is busy is written last, and once', async () => {
	const { timers, rows, set } = start();
	set({ camera: 'denied' });
	set({ camera: 'busy' });
	set(null);
	await timers.advance(10);
	expect(rows).toEqual([{ camera: 'denied' }, null]);
});

test('[F9] [K7] what the database did not take is written when it does, unless the seat is gone', async () => {
	const { timers, rows, errors, database, set, giveUp } = start();
	database.full = true;
	set({ camera: 'denied' });
	await timers.advance(2_500);
	expect(errors).toHaveLength(3);
	database.full = false;
	await timers.advance(1_000);
	expect(rows).toEqual([{ camera: 'denied' }]);
	database.full = true;
	set(null);
	await timers.advance(500);
	giveUp();
	database.full = false;
	await timers.advance(5_000);
	expect(rows).toHaveLength(1);
});
