import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { measureFanOut } from './bench/fanOut.ts';
import { measureMediaRecovery } from './bench/mediaRecovery.ts';
import { renderReport, type Report } from './bench/figures.ts';
import { measureSize } from './bench/pageWeight.ts';
import { measureRestart } from './bench/serverRestart.ts';
import { measureStart } from './bench/startToFrame.ts';
import { ensureBuilt } from './buildApp.ts';
import { main, Mistake, readFlags, userPath } from './commandLine.ts';
import { progress } from './progress.mjs';

const PARTS = {
	size: { title: 'Weighing the room page', measure: measureSize },
	start: { title: 'Starting lessons', measure: measureStart },
	media: { title: 'Cutting calls', measure: measureMediaRecovery },
	fanout: { title: 'Filling rooms', measure: measureFanOut },
	restart: { title: 'Killing and restarting the server', measure: measureRestart }
} satisfies Record<string, { title: string; measure: () => Promise<Report> }>;
type Part = keyof typeof PARTS;

/** `npm run bench`: the production build, each figure as a ratio to a baseline measured in the same run. */
await main(async () => {
	const flags = readFlags(process.argv.slice(2), { only: Object.keys(PARTS).join('|'), json: 'FILE' });
	const parts = partsOf(flags.only);
	await ensureBuilt();
	const reports: Partial<Record<Part, Report>> = {};
	for (const part of parts) reports[part] = await progress(PARTS[part].title, PARTS[part].measure);
	for (const report of Object.values(reports)) process.stdout.write(`\n${renderReport(report)}`);
	if (flags.json === undefined) return;
	const machine = {
		node: process.version,
		cores: cpus().length,
		system: `${process.platform} ${process.arch}`
	};
	const content = { measuredAt: new Date().toISOString(), machine, reports };
	await writeFile(userPath(flags.json), `${JSON.stringify(content, null, '\t')}\n`);
});

/** @throws Mistake */
function partsOf(only: string | undefined): Part[] {
	const all = Object.keys(PARTS) as Part[];
	if (only === undefined) return all;
	const part = all.find((name) => name === only);
	if (!part) throw new Mistake(`--only must be one of ${all.join(', ')} (it is “${only}”).`);
	return [part];
}
