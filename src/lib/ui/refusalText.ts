import { REFUSALS, isRefusalReason, refusalWords } from '../shared/refusals.ts';

/** The sentence in a refusal's body, else one that fits the status. */
export function refusalText(status: number, body: string): string {
	try {
		const answer: unknown = JSON.parse(body);
		if (answer && typeof answer === 'object') {
			const said = 'message' in answer && typeof answer.message === 'string' ? answer.message : '';
			if ('reason' in answer && isRefusalReason(answer.reason)) return refusalWords(answer.reason, said);
			if (said !== '') return said;
		}
	} catch {
		// A proxy's page rather than our answer; the status still says something.
	}
	if (status === 401) return REFUSALS['signed-out'];
	if (status === 403 || status === 404) return REFUSALS['not-found'];
	if (status === 413) return REFUSALS['too-large'];
	if (status === 429) return REFUSALS['too-many'];
	if (status === 507) return REFUSALS['no-space'];
	return REFUSALS.internal;
}
