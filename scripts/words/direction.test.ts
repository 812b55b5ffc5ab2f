import { glob, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

/** What lies on a picture or a drawing has its sides, whichever way one reads. */
const NEVER_TURNED = new Set([
	...['PictureStage.svelte', 'PointInk.svelte', 'PointLayer.svelte', 'PointSurface.svelte']
]);
/** Sides of the window (`safe-area-inset-left`) and a half, which is the same from both sides, stay what they are. */
const SIDES =
	/(?<=[\s"'`:!])-?(?:m[lr]|p[lr]|scroll-[mp][lr]|left|right)-(?:\d[\w./]*|\[[^\]\s]*\]|px|auto|full)(?=[\s"'`])|(?<=[\s"'`:!])(?:text-(?:left|right)|border-[lr]|rounded-(?:[lr]|[tb][lr]))(?:-[\w.-]+)?(?=[\s"'`])/g;

test('pages are laid out from where reading begins, not from the left', async () => {
	const found: string[] = [];
	for await (const file of glob('src/**/*.svelte')) {
		if (NEVER_TURNED.has(basename(file))) continue;
		for (const [name] of (await readFile(file, 'utf8')).matchAll(SIDES))
			if (!name.includes('safe-area') && !/-1\/2$/.test(name)) found.push(`${file}: ${name}`);
	}
	expect(found, 'write ms-, pe-, start-, text-end … instead').toEqual([]);
});
