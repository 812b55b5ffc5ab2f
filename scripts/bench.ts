import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { measureFrames } from './bench/board/frames.ts';
import { measureInk } from './bench/board/ink.ts';
import { measureJoin } from './bench/board/join.ts';
import { measureMemory } from './bench/board/memory.ts';
import { measureWeight } from './bench/board/weight.ts';
import { measureDashboard } from './bench/dashboard.ts';
import { measureFanOut } from './bench/fanOut.ts';
import { measureMediaRecovery } from './bench/mediaRecovery.ts';
import { renderReport, type Report } from './bench/figures.ts';
import { measureSize } from './bench/pageWeight.ts';
import { measureRestart } from './bench/serverRestart.ts';
import { measureStart } from './bench/startToFrame.ts';
import { ensureBuilt } from './buildApp.ts';
import { main, Mistake, readFlags, userPath } from './commandLine.ts';
import { progress } from './progress.mjs';

// What the server can do is measured, not what one person may ask of it.
process.env.CALLS_PER_SECOND ??= '100000';

const PARTS = {
	size: { title: 'Weighing the room page', measure: measureSize },
	start: { title: 'Starting lessons', measure: measureStart },
	media: { title: 'Cutting calls', measure: measureMediaRecovery },
	fanout: { title: 'Filling rooms', measure: measureFanOut },
	restart: { title: 'Killing and restarting the server', measure: measureRestart },
	dashboard: { title: 'Opening dashboards', measure: measureDashboard },
	'board-ink': { title: 'Drawing for somebody else', measure: measureInk },
	'board-join': { title: 'Opening full boards', measure: measureJoin },
	'board-frames': { title: 'Drawing on full boards', measure: measureFrames },
	'board-memory': { title: 'Drawing for two hours', measure: measureMemory },
	'board-size': { title: 'Weighing the whiteboard', measure: measureWeight }
} satisfies Record<string, { title: string; measure: () => Promise<Report> }>;
type Part = keyof typeof PARTS;
/** `board` is all that begin with it. */
const NAMES = [...Object.keys(PARTS), 'board'];

/** `npm run bench`: the production build, each figure as a ratio to a baseline measured in the same run. */
await main(async () => {
	const flags = readFlags(process.argv.slice(2), { only: NAMES.join('|'), json: 'FILE' });
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
	const parts = all.filter((name) => name === only || name.startsWith(`${only}-`));
	if (parts.length === 0) throw new Mistake(`--only must be one of ${NAMES.join(', ')} (it is “${only}”).`);
	return parts;
}
