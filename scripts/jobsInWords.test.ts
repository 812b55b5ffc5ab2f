import { expect, test } from 'vitest';
import type { UnfinishedJob } from '../src/lib/server/jobs/jobsDesk.ts';
import { jobsInWords } from './jobsInWords.ts';

const job: UnfinishedJob = {
	id: 'j1',
	kind: 'notify-end',
	uniqueKey: 'notify-end:s1',
	state: 'waiting',
	attempts: 0,
	at: Date.UTC(2026, 2, 2, 10),
	lastError: null
};

test('[O3] what was given up comes first, with what an operator needs to have it tried again', () => {
	const failed = {
		...job,
		id: 'j2',
		state: 'failed' as const,
		attempts: 33,
		lastError: 'Error:\n\x1b[31m no'
	};
	expect(jobsInWords([job, failed, { ...job, id: 'j3' }]).split('\n')).toEqual([
		'Given up (npm run jobs -- --retry ID, or all): 1',
		'  notify-end  notify-end:s1  id j2  attempts 33  since 2026-03-02T10:00:00.000Z  Error: [31m no',
		'',
		'Waiting: 2',
		'  notify-end  notify-end:s1  id j1  attempts 0  due 2026-03-02T10:00:00.000Z',
		'  notify-end  notify-end:s1  id j3  attempts 0  due 2026-03-02T10:00:00.000Z',
		''
	]);
	expect(jobsInWords([])).toBe('No work is waiting.\n');
});
