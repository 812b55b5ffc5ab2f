import type { Standing } from '../../shared/feedback.ts';
import type { Bus } from '../bus/bus.ts';
import type { Config } from '../config.ts';
import type { Store } from '../db/store.ts';
import type { Mails } from '../mail/mailKinds.ts';
import { enqueueReminders } from '../mail/reminders.ts';
import type { Notifications } from '../notifications/notificationsService.ts';
import { createChangePlans } from '../planning/planChange.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import { createAvailabilities } from './availabilityService.ts';
import { createBookings } from './bookingService.ts';
import { createInsertBooking } from './insertBooking.ts';

/** Builds how learners come to a lesson by themselves: mentors' hours, and the pages on which they are picked. */
export function createBooking(deps: {
	config: Config;
	store: Store;
	roomLog: RoomLog;
	bus: Bus;
	mails: Mails;
	notifications: Notifications;
	standingOf: (userId: string) => Promise<Standing>;
	now: () => number;
}) {
	const { config, store, roomLog, bus, mails, notifications, standingOf, now } = deps;
	const currency = config.CURRENCY;
	return {
		availabilities: createAvailabilities({ store, now }),
		bookings: createBookings({
			...{ store, now, currency, standingOf, mailsLeave: mails.leave },
			changePlans: createChangePlans({ roomLog, bus, mails, notifications }),
			insert: createInsertBooking({
				...{ store, currency },
				remind: (tx, session) => enqueueReminders(store, tx, session, now())
			})
		})
	};
}
