import { LEARNER_PROBLEMS, type LearnerProblem } from '../../lib/shared/planning.ts';
import type { Refusal } from '../../lib/shared/refusals.ts';

/** Which of the named addresses cannot be learners here, and the sentence for each; empty for any other refusal. */
export function learnerProblems(refusal: Refusal): Map<string, string> {
	const named: unknown = 'problems' in refusal ? refusal.problems : null;
	const found = new Map<string, string>();
	if (typeof named !== 'object' || named === null) return found;
	for (const [email, problem] of Object.entries(named)) {
		if (isProblem(problem)) found.set(email, LEARNER_PROBLEMS[problem]);
	}
	return found;
}

function isProblem(value: unknown): value is LearnerProblem {
	return typeof value === 'string' && Object.hasOwn(LEARNER_PROBLEMS, value);
}
