import type { Planner, SeriesScope } from '../../shared/planning.ts';
import type { Row } from '../db/store.ts';
import { createCallOff } from './callOff.ts';
import { findOwnLesson, lockLessons, refuseUnlessPlanned } from './ownLesson.ts';
import type { ChangePlans, PlanningDeps } from './planChange.ts';
import { cancelInput, readInput } from './planInput.ts';

type Session = Row<'sessions'>;

export function createCancel(deps: PlanningDeps, changePlans: ChangePlans) {
	const { tables } = deps.store;
	const { callOff, tell } = createCallOff(deps);

	return async function cancel(
		user: Planner,
		roomCode: string,
		reason: string,
		scope: SeriesScope
	): Promise<void> {
		const input = readInput(cancelInput, { reason, scope });
		await changePlans(function* (change) {
			const lesson = yield* findOwnLesson(tables, change, user.id, roomCode);
			const [first, ...later] = yield* lockLessons(tables, change, lesson, scope);
			// Said again, what is cancelled stays as it is, with the first reason; the rest of its series may follow.
			if (first!.status !== 'cancelled') refuseUnlessPlanned(first!);
			const cancelled: Session[] = [];
			for (const session of [first!, ...later]) {
				const done = yield* callOff(change, session, input.reason);
				if (done) cancelled.push(done);
			}
			if (cancelled.length > 0) yield* tell(change, cancelled, input.reason);
		});
	};
}
