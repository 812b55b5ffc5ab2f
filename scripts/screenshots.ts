import { mkdir } from 'node:fs/promises';
import { ensureBuilt } from './buildApp.ts';
import { main, Mistake, readFlags } from './commandLine.ts';
import { writeContactSheet } from './screenshots/contactSheet.ts';
import { AREAS } from './screenshots/areas.ts';
import { createShutter } from './screenshots/shutter.ts';
import { openStudio } from './screenshots/studio.ts';

/**
 * `npm run screenshots`: every page and state in light and dark, on a desktop and on a phone, as small files with a page
 * that shows them all. `-- --only <part>,<part>` takes these areas, or the scenes whose names begin so; `-- --large <folder>`
 * also keeps them there in full size.
 */
const FOLDER = 'docs/screens';

await main(async () => {
	const { only, large } = readFlags(process.argv.slice(2), { only: 'PARTS', large: 'FOLDER' });
	const parts = only?.split(',');
	const isAny = (part: string, area: string, scene: string) =>
		AREAS.some(({ name }) => name === part) ? area === part : scene.startsWith(part);
	const isWanted = (area: string, scene: string) =>
		parts === undefined || parts.some((part) => isAny(part, area, scene));
	const unknown = parts?.find(
		(part) => !AREAS.some(({ name, scenes }) => scenes.some((scene) => isAny(part, name, scene.name)))
	);
	if (unknown !== undefined) {
		const names = AREAS.map(({ name }) => name).join(', ');
		throw new Mistake(
			`--only must be some of ${names}, or beginnings of scenes' names (“${unknown}” is neither).`
		);
	}
	await ensureBuilt();
	for (const folder of [FOLDER, large ?? FOLDER]) await mkdir(folder, { recursive: true });
	const studio = await openStudio();
	// Nobody else ends the demo that was started for it.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.once(signal, () => void studio.close().finally(() => process.exit(1)));
	const missing: string[] = [];
	let taken = 0;
	try {
		const shutter = await createShutter(studio.browser, FOLDER, large ?? null);
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
