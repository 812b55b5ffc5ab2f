import type { Bus } from '../bus/bus.ts';
import type { Config } from '../config.ts';
import type { Store } from '../db/store.ts';
import type { Standing } from '../../shared/feedback.ts';
import type { Mails } from '../mail/mailKinds.ts';
import { createAvailabilities } from './availabilityService.ts';
import { createBookings } from './bookingService.ts';
import { createInsertBooking } from './insertBooking.ts';

/** Builds how learners come to a lesson by themselves: mentors' hours, and the pages on which they are picked. */
export function createBooking(deps: {
	config: Config;
	store: Store;
	bus: Bus;
	mails: Mails;
	standingOf: (userId: string) => Promise<Standing>;
	now: () => number;
}) {
	const { config, store, bus, mails, standingOf, now } = deps;
	const currency = config.CURRENCY;
	return {
		availabilities: createAvailabilities({ store, now }),
		bookings: createBookings({
			...{ store, bus, now, currency, standingOf, mailsLeave: mails.leave },
			insert: createInsertBooking({ store, mails, currency, now })
		})
	};
}
