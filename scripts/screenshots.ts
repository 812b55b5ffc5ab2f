import { mkdir } from 'node:fs/promises';
import { ensureBuilt } from './buildApp.ts';
import { main, Mistake, readFlags } from './commandLine.ts';
import { writeContactSheet } from './screenshots/contactSheet.ts';
import { AFTERWARDS } from './screenshots/scenes/afterwards.ts';
import { DASHBOARDS } from './screenshots/scenes/dashboards.ts';
import { GROUP } from './screenshots/scenes/group.ts';
import { LEAVING } from './screenshots/scenes/leaving.ts';
import { LOBBY } from './screenshots/scenes/lobby.ts';
import { OUTSIDE } from './screenshots/scenes/outside.ts';
import { PLANNING } from './screenshots/scenes/planning.ts';
import { ROOM } from './screenshots/scenes/room.ts';
import { TOGETHER } from './screenshots/scenes/together.ts';
import { TROUBLE } from './screenshots/scenes/trouble.ts';
import { createShutter } from './screenshots/shutter.ts';
import { openStudio } from './screenshots/studio.ts';

/**
 * `npm run screenshots`: every page and state in light and dark, on a desktop and on a phone, as small files with a page
 * that shows them all. `-- --only <part>` takes one area, or the scenes whose names begin so.
 */
const FOLDER = 'docs/screens';
const AREAS = [OUTSIDE, DASHBOARDS, PLANNING, AFTERWARDS, LOBBY, ROOM, TOGETHER, GROUP, TROUBLE, LEAVING];

await main(async () => {
	const { only } = readFlags(process.argv.slice(2), { only: 'PART' });
	const isWanted = (area: string, scene: string) =>
		only === undefined || area === only || scene.startsWith(only);
	if (!AREAS.some(({ name, scenes }) => scenes.some((scene) => isWanted(name, scene.name)))) {
		const names = AREAS.map(({ name }) => name).join(', ');
		throw new Mistake(
			`--only must be one of ${names}, or the beginning of a scene's name (it is “${only}”).`
		);
	}
	await ensureBuilt();
	await mkdir(FOLDER, { recursive: true });
	const studio = await openStudio();
	const missing: string[] = [];
	let taken = 0;
	try {
		const shutter = await createShutter(studio.browser, FOLDER);
		for (const area of AREAS) {
			await area.run(
				studio,
				(scene) => isWanted(area.name, scene),
				async (scene, page) => {
					await shutter.take(scene, page);
					taken += 1;
					process.stdout.write(`  ${scene.name}\n`);
				},
				(scene, error) => missing.push(`${scene}: ${firstLines(error)}`)
			);
			await studio.clear();
		}
	} finally {
		await studio.close();
	}
	await writeContactSheet(FOLDER, AREAS);
	const lines = [
		...missing.map((line) => `could not be made: ${line}`),
		`${taken} scenes taken, ${missing.length} not`
	];
	process.stdout.write(`${lines.join('\n')}\n`);
	process.exitCode = missing.length > 0 ? 1 : 0;
});

function firstLines(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.split('\n').slice(0, 3).join(' ').trim();
}
