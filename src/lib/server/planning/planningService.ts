import type { Planning } from '../../shared/planning.ts';
import { createAnswers } from './answer.ts';
import { createCalendar } from './calendar.ts';
import { createCancel } from './cancel.ts';
import { createConflicts } from './conflicts.ts';
import { createDetails } from './details.ts';
import { createEdit } from './edit.ts';
import { createInvitationViews } from './invitationView.ts';
import { createPlan } from './plan.ts';
import { createChangePlans, type PlanningDeps } from './planChange.ts';
import { createReschedule } from './reschedule.ts';

/** How a lesson comes about: planned, moved, called off, answered (spec A2). Each matter is a file of its own. */
export function createPlanning(deps: PlanningDeps): Planning {
	const { store, now, mails, currency } = deps;
	const changePlans = createChangePlans(deps);
	return {
		plan: createPlan(deps, changePlans),
		conflicts: createConflicts(store),
		details: createDetails({ store, now, currency }),
		edit: createEdit(deps, changePlans),
		reschedule: createReschedule(deps, changePlans),
		cancel: createCancel(deps, changePlans),
		...createInvitationViews({ store, now, currency, mailsLeave: mails.leave }),
		...createAnswers(deps, changePlans),
		calendar: createCalendar(store)
	};
}
