import type { UnfinishedJob } from '../src/lib/server/jobs/jobsDesk.ts';

/** The list as a terminal shows it: one block for each state that occurs, what needs somebody first. */
export function jobsInWords(jobs: readonly UnfinishedJob[]): string {
	if (jobs.length === 0) return 'No work is waiting.\n';
	const states = [
		['failed', 'Given up (npm run jobs -- --retry ID, or all)', 'since'],
		['failing', 'Failed, and tried again by itself', 'next'],
		['claimed', 'Being done', 'due'],
		['waiting', 'Waiting', 'due']
	] as const;
	return states
		.flatMap(([state, heading, when]) => {
			const those = jobs.filter((job) => job.state === state);
			if (those.length === 0) return [];
			return [`${heading}: ${those.length}`, ...those.map((job) => line(job, when)), ''];
		})
		.join('\n');
}

function line({ id, kind, uniqueKey, attempts, at, lastError }: UnfinishedJob, when: string): string {
	const parts = [
		kind,
		uniqueKey,
		`id ${id}`,
		`attempts ${attempts}`,
		`${when} ${new Date(at).toISOString()}`
	];
	// An error may have several lines, or what a terminal would obey.
	const error = lastError?.replace(/[\p{Cc}\s]+/gu, ' ').trim();
	return `  ${[...parts, ...(error ? [error] : [])].join('  ')}`;
}
