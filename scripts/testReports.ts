import { z } from 'zod';

/** What came of some tests: how many passed, the names of the others. */
export interface Tally {
	passed: number;
	failed: string[];
	/** What this machine makes impossible, each with the reason. Counted in neither. */
	impossible: string[];
}

/** What came of several runs together. */
export function sum(...tallies: Tally[]): Tally {
	return {
		passed: tallies.reduce((all, { passed }) => all + passed, 0),
		failed: tallies.flatMap(({ failed }) => failed),
		impossible: tallies.flatMap(({ impossible }) => impossible)
	};
}

const vitestReport = z.object({
	testResults: z.array(
		z.object({
			name: z.string(),
			status: z.string(),
			assertionResults: z.array(
				z.object({
					status: z.string(),
					fullName: z.string(),
					meta: z.object({ impossible: z.string().optional() }).optional()
				})
			)
		})
	)
});

/** Reads what vitest's JSON reporter wrote; null when it is none. */
export function readVitestReport(report: unknown): Tally | null {
	const read = vitestReport.safeParse(report);
	if (!read.success) return null;
	const tally: Tally = { passed: 0, failed: [], impossible: [] };
	for (const file of read.data.testResults) {
		const tests = file.assertionResults;
		for (const test of tests) {
			if (test.status === 'passed') tally.passed += 1;
			else if (test.status === 'failed') tally.failed.push(test.fullName);
			else tally.impossible.push(`${test.fullName} (${test.meta?.impossible ?? 'skipped itself'})`);
		}
		// A file that could not be loaded has no tests to speak for it.
		if (file.status === 'failed' && !tests.some((test) => test.status === 'failed'))
			tally.failed.push(file.name);
	}
	return tally;
}

const playwrightTest = z.object({
	status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
	annotations: z.array(z.object({ type: z.string(), description: z.string().optional() }))
});
const playwrightSuite = z.object({
	title: z.string(),
	specs: z.array(z.object({ title: z.string(), tests: z.array(playwrightTest) })),
	get suites(): z.ZodOptional<z.ZodArray<typeof playwrightSuite>> {
		return z.array(playwrightSuite).optional();
	}
});
const playwrightReport = z.object({ suites: z.array(playwrightSuite) });

/** Reads what Playwright's JSON reporter wrote; null when it is none. A test that passed on a second try has failed. */
export function readPlaywrightReport(report: unknown): Tally | null {
	const read = playwrightReport.safeParse(report);
	if (!read.success) return null;
	const tally: Tally = { passed: 0, failed: [], impossible: [] };
	for (const suite of read.data.suites) addSuite(tally, suite, []);
	return tally;
}

function addSuite(tally: Tally, suite: z.infer<typeof playwrightSuite>, above: string[]): void {
	const path = [...above, suite.title];
	for (const spec of suite.specs) {
		const name = [...path, spec.title].join(' › ');
		for (const test of spec.tests) {
			if (test.status === 'expected') tally.passed += 1;
			else if (test.status === 'skipped') tally.impossible.push(`${name} (${reason(test)})`);
			else tally.failed.push(name);
		}
	}
	for (const inner of suite.suites ?? []) addSuite(tally, inner, path);
}

function reason(test: z.infer<typeof playwrightTest>): string {
	return test.annotations.find(({ type }) => type === 'skip')?.description ?? 'not run';
}
