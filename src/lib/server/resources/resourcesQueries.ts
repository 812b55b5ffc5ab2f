import { and, asc, eq, isNull } from 'drizzle-orm';
import { run, type Row, type Store } from '../db/store.ts';
import { enqueueJobs } from '../jobs/jobsService.ts';

/** SQL of handed-over files; removed ones are not there any more. */
export function resourcesQueries(store: Store) {
	const { resources } = store.tables;
	const present = (sessionId: string) => and(eq(resources.sessionId, sessionId), isNull(resources.removedAt));
	return {
		async of(sessionId: string): Promise<Row<'resources'>[]> {
			return store.db.select().from(resources).where(present(sessionId)).orderBy(asc(resources.uploadedAt));
		},

		async find(sessionId: string, id: string): Promise<Row<'resources'> | undefined> {
			const rows = await store.db
				.select()
				.from(resources)
				.where(and(present(sessionId), eq(resources.id, id)));
			return rows[0];
		},

		/** Its bytes go by a job: a store that does not answer is asked again. Nothing happens when it was gone already. */
		async remove(sessionId: string, id: string, at: Date): Promise<void> {
			await store.transact(function* (tx) {
				const rows = yield* run(
					tx
						.update(resources)
						.set({ removedAt: at })
						.where(and(present(sessionId), eq(resources.id, id)))
						.returning()
				);
				yield* enqueueJobs(
					store,
					tx,
					rows.map(({ storageKey }) => ({
						kind: 'remove-file' as const,
						uniqueKey: `remove-file:${storageKey}`,
						payload: { storageKey },
						dueAt: at.getTime()
					}))
				);
			});
		}
	};
}
