import type { Availability } from '../../shared/availabilityForm.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import { dateIn } from '../../shared/time.ts';
import { savepoint, type Store } from '../db/store.ts';
import {
	isSlugTaken,
	lockPage,
	selectDays,
	selectHours,
	selectPageOf,
	writeHours,
	writePage
} from './bookingQueries.ts';
import { toOpenHours } from './openHours.ts';

/** A mentor's own hours and booking page. */
export interface Availabilities {
	/** Without the days that are over. `page` is null until it was saved for the first time. Refusal `not-mentor`. */
	read(mentor: {
		id: string;
		role: Role;
		timeZone: string;
	}): Promise<Omit<Availability, 'page'> & { page: Availability['page'] | null }>;
	/** All of it, in the place of what was there. Refusals: `not-mentor`, `address-taken`. */
	save(mentor: { id: string; role: Role }, availability: Availability): Promise<void>;
}

export function createAvailabilities({ store, now }: { store: Store; now: () => number }): Availabilities {
	const { tables, db } = store;

	return {
		async read({ id, role, timeZone }) {
			if (role !== 'mentor') throw new Refusal('not-mentor');
			const [hours, days, pages] = [
				await selectHours(tables, db, id),
				await selectDays(tables, db, id),
				await selectPageOf(tables, db, id)
			];
			const open = toOpenHours(timeZone, hours, days);
			const today = dateIn(now(), timeZone);
			const page = pages[0] ?? null;
			return {
				week: open.week.map((spans) => [...spans]),
				days: [...open.days]
					.filter(([date]) => date >= today)
					.map(([date, spans]) => ({ date, hours: [...spans] }))
					.sort((a, b) => (a.date < b.date ? -1 : 1)),
				page: page && {
					...{ slug: page.slug, open: page.open, title: page.title, introduction: page.introduction },
					...{ lessonMinutes: page.lessonMinutes, priceMinor: page.priceMinor },
					...{ pauseMinutes: page.pauseMinutes, noticeHours: page.noticeHours, aheadDays: page.aheadDays }
				}
			};
		},

		async save(mentor, { week, days, page }) {
			if (mentor.role !== 'mentor') throw new Refusal('not-mentor');
			const row = { ...page, mentorId: mentor.id, updatedAt: new Date(now()) };
			await store.transact(function* (tx) {
				if (yield* isSlugTaken(tables, tx, page.slug, mentor.id)) throw new Refusal('address-taken');
				// Nobody books by the old hours while the new ones are written.
				yield* lockPage(tables, tx, mentor.id);
				yield* writeHours(tables, tx, mentor.id, week, days);
				try {
					yield* savepoint((inner) => writePage(tables, inner, row));
				} catch (error) {
					// Somebody else took the address in the same moment.
					if (yield* isSlugTaken(tables, tx, page.slug, mentor.id)) throw new Refusal('address-taken');
					throw error;
				}
			});
		}
	};
}
