import { glob } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './buildApp.ts';
import { main, Mistake } from './commandLine.ts';
import { sum, type Tally } from './testReports.ts';
import { faults, lint, playwright, typeCheck, vitest } from './testSteps.ts';

const STEPS = ['lint', 'types', 'unit', 'api', 'faults', 'browser'] as const;
type Step = (typeof STEPS)[number];
/**
 * In this order: what is quick and tells most comes first. Lanes run beside each other, and in them measures nothing; the steps of
 * one lane follow each other.
 */
const LANES: Step[][][] = [[['lint'], ['types', 'unit']], [['api']], [['faults']], [['browser']]];
/** The steps that need the built server, and where their tests are. */
const RUNNING = {
	api: 'tests/api/**/*.test.ts',
	faults: 'tests/faults/**/*.test.ts',
	browser: 'tests/e2e/**/*.spec.ts'
};

/** `npm test`: every step runs, whatever became of the one before; the last line counts. */
await main(async () => {
	const { only, filters } = readArguments();
	let total: Tally = { passed: 0, failed: [], impossible: [] };
	const startedAt = Date.now();
	for (const lanes of only ? [[[only]]] : LANES)
		await Promise.all(
			lanes.map(async (lane) => {
				for (const step of lane) {
					const tally = await timed(step, () => runStep(step, filters));
					total = sum(total, tally);
				}
			})
		);
	const lines = [
		'',
		`All of it took ${seconds(startedAt)}.`,
		...total.impossible.map((name) => `not possible here: ${name}`),
		...total.failed.map((name) => `failed: ${name}`),
		`${total.passed} passed, ${total.failed.length} failed`
	];
	process.stdout.write(`${lines.join('\n')}\n`);
	process.exitCode = total.failed.length > 0 ? 1 : 0;
});

async function runStep(step: Step, filters: string[]): Promise<Tally> {
	if (step === 'lint') return lint();
	if (step === 'types') return typeCheck();
	if (step === 'unit') return vitest('unit', filters);
	const unbuilt = await prepared(step);
	if (unbuilt) return unbuilt;
	if (step === 'api') return vitest('api', filters);
	return step === 'faults' ? faults(filters) : playwright(filters);
}

/** These run against the built server. A tally when that is not to be had, or there is nothing to run. */
async function prepared(step: keyof typeof RUNNING): Promise<Tally | null> {
	const pattern = RUNNING[step];
	if ((await Array.fromAsync(glob(pattern))).length === 0) return { passed: 0, failed: [], impossible: [] };
	try {
		await ensureBuilt();
		return null;
	} catch (error) {
		if (!(error instanceof Mistake)) throw error;
		return { passed: 0, failed: [`${step}: ${error.message}`], impossible: [] };
	}
}

async function timed(step: Step, run: () => Promise<Tally>): Promise<Tally> {
	process.stdout.write(`\n▸ ${step}\n`);
	const startedAt = Date.now();
	const tally = await run();
	process.stdout.write(
		`▸ ${step}: ${tally.passed} passed, ${tally.failed.length} failed in ${seconds(startedAt)}\n`
	);
	return tally;
}

function seconds(since: number): string {
	return `${((Date.now() - since) / 1_000).toFixed(1)} s`;
}

/** `--only <step>` runs one step; further words are parts of test file names. */
function readArguments(): { only: Step | null; filters: string[] } {
	const { values, positionals } = parseArgs({
		options: { only: { type: 'string' } },
		allowPositionals: true
	});
	if (values.only === undefined) return { only: null, filters: [] };
	const only = STEPS.find((step) => step === values.only);
	if (!only) throw new Mistake(`--only must be one of ${STEPS.join(', ')} (it is “${values.only}”).`);
	return { only, filters: positionals };
}
