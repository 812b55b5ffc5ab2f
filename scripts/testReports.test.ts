import { expect, test } from 'vitest';
import { readPlaywrightReport, readVitestReport, sum } from './testReports.ts';

test('[O2] vitest: what passed, what failed, and files that could not be loaded; skips tell their reason', () => {
	const file = (status: string, ...statuses: string[]) => ({
		name: `${status}.test.ts`,
		status,
		assertionResults: statuses.map((each) => ({ status: each, fullName: `a ${each} one` }))
	});
	const skipped = { status: 'skipped', fullName: 'no', meta: { impossible: 'needs root' } };
	const told = { name: 'told.test.ts', status: 'passed', assertionResults: [skipped] };
	const testResults = [
		file('passed', 'passed', 'passed', 'skipped'),
		file('failed', 'passed', 'failed'),
		told
	];
	expect(
		readVitestReport({ testResults: [...testResults, { ...file('failed'), name: 'broken.test.ts' }] })
	).toEqual({
		passed: 3,
		failed: ['a failed one', 'broken.test.ts'],
		impossible: ['a skipped one (skipped itself)', 'no (needs root)']
	});
});

test('[O2] Playwright: nested suites, second tries are failures, skips tell their reason', () => {
	const spec = (title: string, status: string, annotations: object[] = []) => ({
		title,
		tests: [{ status, annotations }]
	});
	const inner = { title: 'inner', specs: [spec('flaky', 'flaky'), spec('bad', 'unexpected')] };
	const skip = spec('no', 'skipped', [{ type: 'skip', description: 'needs root' }]);
	const outer = { title: 'a.spec.ts', specs: [spec('good', 'expected'), skip], suites: [inner] };
	expect(readPlaywrightReport({ suites: [outer] })).toEqual({
		passed: 1,
		failed: ['a.spec.ts › inner › flaky', 'a.spec.ts › inner › bad'],
		impossible: ['a.spec.ts › no (needs root)']
	});
});

test('[O2] anything else is no report', () => {
	expect(readVitestReport(null)).toBeNull();
	expect(readPlaywrightReport({ suites: 3 })).toBeNull();
});

test('[O2] what several runs came to is counted together, and no failure is lost', () => {
	const one = { passed: 2, failed: ['a › b'], impossible: [] };
	const other = { passed: 3, failed: ['c › d'], impossible: ['e (no network)'] };
	expect(sum(one, other)).toEqual({ passed: 5, failed: ['a › b', 'c › d'], impossible: ['e (no network)'] });
});
