import { inArray } from 'drizzle-orm';
import type { LearnerZone } from '../../shared/learnerZone.ts';
import type { Store } from '../db/store.ts';
import { readKnownLearners } from './knownLearners.ts';

export interface LearnerZones {
	/** Of these addresses only those whose owners have made themselves known to this mentor. */
	of(mentor: { id: string }, emails: string[]): Promise<LearnerZone[]>;
}

/** What the clocks of a mentor's learners show. Of anybody else nothing is told: not even whether there is an account. */
export function createLearnerZones({ tables, db }: Store): LearnerZones {
	return {
		async of(mentor, emails) {
			if (emails.length === 0) return [];
			const { id, email, name, timeZone } = tables.users;
			const people = await db
				.select({ id, email, name, timeZone })
				.from(tables.users)
				.where(inArray(email, emails));
			const known = await readKnownLearners(
				tables,
				db,
				mentor.id,
				people.map((person) => person.id)
			);
			return people
				.filter((person) => known.has(person.id))
				.map((person) => ({ email: person.email, name: person.name, timeZone: person.timeZone }));
		}
	};
}
