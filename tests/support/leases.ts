import { isNotNull } from 'drizzle-orm';
import type { Store } from '../../src/lib/server/db/store.ts';

/** As if the minute had passed for which a server that was killed had claimed its work. Only while none runs. */
export async function endLeases({ transact, tables: { jobs } }: Store): Promise<void> {
	await transact(function* (tx) {
		const change = tx.update(jobs).set({ leaseUntil: null });
		yield change.where(isNotNull(jobs.leaseUntil)).returning({ id: jobs.id });
	});
}
