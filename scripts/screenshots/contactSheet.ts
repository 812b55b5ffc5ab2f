import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { AnyArea } from './scene.ts';
import { fileName, SCHEMES, type Scheme, type Size } from './shutter.ts';

/** A scene has the first of these sizes that it was taken in. */
const PLACES: Record<string, readonly Size[]> = { desktop: ['desktop', 'turned', 'small'], phone: ['phone'] };
const COLUMNS = Object.entries(PLACES).flatMap(([place, sizes]) =>
	SCHEMES.map((scheme) => ({ title: `${place}, ${scheme}`, sizes, scheme }))
);
/** Of the thumbnails, px. */
const WIDTHS: Record<Size, number> = { desktop: 240, turned: 240, small: 120, phone: 110 };

/** Removes pictures that no scene is of any more, and writes the page that shows all others as thumbnails. */
export async function writeContactSheet(folder: string, areas: readonly AnyArea[]): Promise<void> {
	const scenes = areas.flatMap((area) => area.scenes);
	const known = new Set(
		scenes.flatMap(({ name, sizes = ['desktop', 'phone'] }) =>
			sizes.flatMap((size) => SCHEMES.map((scheme) => fileName(name, scheme, size)))
		)
	);
	for (const file of await readdir(folder))
		if (file.endsWith('.webp') && !known.has(file)) await rm(join(folder, file));

	const sections = areas.flatMap(({ title, scenes: own }) => {
		const rows = own.filter(({ name }) =>
			COLUMNS.some(({ sizes, scheme }) => pictureOf(name, scheme, sizes))
		);
		return rows.length === 0 ? [] : [`## ${title}`, '', table(rows), ''];
	});
	const text = [
		'# Every page and state',
		'',
		'Light and dark, 1440 × 900 and 390 × 844, made by `npm run screenshots` (`-- --only <part>` for one part of it).',
		'The people are drawn; everything else is the product as it runs.',
		'',
		...sections
	].join('\n');
	const file = join(folder, 'README.md');
	await writeFile(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));

	function pictureOf(name: string, scheme: Scheme, sizes: readonly Size[]): Size | undefined {
		return sizes.find((size) => existsSync(join(folder, fileName(name, scheme, size))));
	}

	function table(rows: readonly { name: string; words: string }[]): string {
		const head = ['state', ...COLUMNS.map(({ title }) => title)];
		const lines = rows.map(({ name, words }) => [
			`${words}<br>\`${name}\``,
			...COLUMNS.map(({ title, sizes, scheme }) => {
				const size = pictureOf(name, scheme, sizes);
				return size === undefined
					? '–'
					: `<img src="${fileName(name, scheme, size)}" width="${WIDTHS[size]}" alt="${words}, ${title}">`;
			})
		]);
		return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	}
}
