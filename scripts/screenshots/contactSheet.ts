import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { AnyArea } from './scene.ts';
import { fileName, SCHEMES, type Scheme, type Size } from './shutter.ts';

const COLUMNS: readonly [Size, Scheme][] = (['desktop', 'phone'] as const).flatMap((size) =>
	SCHEMES.map((scheme): [Size, Scheme] => [size, scheme])
);
/** Of the thumbnails, px. */
const WIDTHS: Record<Size, number> = { desktop: 240, phone: 110 };

/** Removes pictures that no scene is of any more, and writes the page that shows all others as thumbnails. */
export async function writeContactSheet(folder: string, areas: readonly AnyArea[]): Promise<void> {
	const scenes = areas.flatMap((area) => area.scenes);
	const known = new Set(
		scenes.flatMap(({ name }) => COLUMNS.map(([size, scheme]) => fileName(name, scheme, size)))
	);
	for (const file of await readdir(folder))
		if (file.endsWith('.webp') && !known.has(file)) await rm(join(folder, file));

	const sections = areas.flatMap(({ title, scenes: own }) => {
		const rows = own.filter(({ name }) => COLUMNS.some(([size, scheme]) => exists(name, scheme, size)));
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

	function exists(name: string, scheme: Scheme, size: Size): boolean {
		return existsSync(join(folder, fileName(name, scheme, size)));
	}

	function table(rows: readonly { name: string; words: string }[]): string {
		const head = ['state', ...COLUMNS.map(([size, scheme]) => `${size}, ${scheme}`)];
		const lines = rows.map(({ name, words }) => [
			`${words}<br>\`${name}\``,
			...COLUMNS.map(([size, scheme]) =>
				exists(name, scheme, size)
					? `<img src="${fileName(name, scheme, size)}" width="${WIDTHS[size]}" alt="${words}, ${size}, ${scheme}">`
					: '–'
			)
		]);
		return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	}
}
