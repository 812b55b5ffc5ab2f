import { readFile, rm } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { FIGURES, type Measured } from '../tests/support/rounds.ts';
import { ensureBuilt } from './buildApp.ts';
import { main } from './commandLine.ts';
import { sum, type Tally } from './testReports.ts';
import { faults, playwright } from './testSteps.ts';

/** `npm run test:soak`: every fault as often as the fault list says, and what was measured. Further words choose files. */
await main(async () => {
	await ensureBuilt();
	await rm(FIGURES, { force: true });
	process.env.PEERLEARN_SOAK = '1';
	const load = loadavg()[0]!.toFixed(1);
	const files = process.argv.slice(2);
	const ofServer = files.filter((name) => !name.endsWith('.spec.ts'));
	const ofMedia = files.filter((name) => !name.endsWith('.test.ts'));
	const tallies: Tally[] = [];
	if (files.length === 0 || ofServer.length > 0) tallies.push(await faults(ofServer));
	if (files.length === 0 || ofMedia.length > 0)
		tallies.push(await playwright(ofMedia.length > 0 ? ofMedia : ['tests/faults/']));
	const tally = sum(...tallies);
	const figures = (await readFile(FIGURES, 'utf8').catch(() => '')).split('\n').filter(Boolean);
	const lines = [
		'',
		`On ${cpus().length} cores, load ${load} before and ${loadavg()[0]!.toFixed(1)} after:`,
		'',
		'| measured | values | median | p95 | most | aim |',
		'|---|--:|--:|--:|--:|---|',
		...figures.map((line) => row(JSON.parse(line) as Measured)),
		'',
		...tally.impossible.map((name) => `not possible here: ${name}`),
		...tally.failed.map((name) => `failed: ${name}`),
		`${tally.passed} passed, ${tally.failed.length} failed`
	];
	process.stdout.write(`${lines.join('\n')}\n`);
	process.exitCode = tally.failed.length > 0 ? 1 : 0;
});

function row({ name, unit, count, median, p95, most, aim }: Measured): string {
	const amount = (value: number) => `${Number(value.toFixed(unit === 'MB' ? 1 : 0))} ${unit}`.trim();
	return `| ${name} | ${count} | ${amount(median)} | ${amount(p95)} | ${amount(most)} | ${aim} |`;
}
