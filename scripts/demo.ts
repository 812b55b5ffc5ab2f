import { ensureBuilt } from './buildApp.ts';
import { main, readFlags, readNumber, requireFreePort, userPath } from './commandLine.ts';
import { DEMO_HOST, serveDemo, type Demo } from './demoServer.ts';
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE } from './sampleLessons.ts';

/** `npm run demo`: everything on one port, with sample people and lessons. */
await main(async () => {
	const flags = readFlags(process.argv.slice(2), {
		port: '3000',
		'starts-in': '1',
		minutes: '60',
		data: 'DIR'
	});
	const port = readNumber('port', flags.port, { fallback: 3000, least: 0, most: 65_535, whole: true });
	const startsIn = readNumber('starts-in', flags['starts-in'], { fallback: 1, least: 0, most: 10_080 });
	const minutes = readNumber('minutes', flags.minutes, { fallback: 60, least: 0.05, most: 1_440 });
	await requireFreePort(port, DEMO_HOST, 'Choose another one: npm run demo -- --port 4000');
	await ensureBuilt();
	const dataDir = flags.data === undefined ? null : userPath(flags.data);
	const demo = await serveDemo({ port, startsIn, minutes, dataDir });
	process.stdout.write(welcome(demo, startsIn, minutes, dataDir !== null));
});

function welcome(demo: Demo, startsIn: number, minutes: number, kept: boolean): string {
	const address = process.env.ORIGIN ?? `http://localhost:${demo.port}`;
	const people = Object.values(SAMPLE_PEOPLE).map(
		({ name, role, email }) => `    ${name.padEnd(14)} ${role.padEnd(8)} ${email}`
	);
	const lesson =
		demo.startsAt === null
			? `  The database in ${demo.dataDir} is continued; nothing in it was changed.`
			: `  The demo lesson starts ${when(demo.startsAt, startsIn)} and takes ${minutes} min.`;
	return [
		'',
		`  PeerLearn is running:  ${address}`,
		'',
		'  Sign in in two windows (one of them private), once as the mentor and once as a learner:',
		'',
		...people,
		'',
		`    Password of all: ${SAMPLE_PASSWORD}`,
		'',
		`  Then open ${address}/session/demo-lesson in both.`,
		lesson,
		kept ? `  Data is kept in ${demo.dataDir}.` : '  All data is thrown away at the end.',
		'  Ctrl+C ends it.',
		'',
		''
	].join('\n');
}

function when(startsAt: number, startsIn: number): string {
	const clock = new Date(startsAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
	return startsIn === 0 ? 'now' : `at ${clock} (in ${startsIn} min)`;
}
