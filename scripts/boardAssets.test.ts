import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { atHome, withoutSpareCanvases } from './boardAssets.ts';

test('[C1] the drawing library looks for its fonts here, and knows no other address', async () => {
	let fallbacks = 0;
	let workers = 0;
	for await (const file of glob('node_modules/@excalidraw/excalidraw/dist/{prod,dev}/*.js')) {
		const code = await readFile(file, 'utf8');
		const own = atHome(code, '_app/immutable/board-1/');
		if (code.includes('https://esm.sh/')) {
			fallbacks += 1;
			expect(own).toContain("+ '/_app/immutable/board-1/'");
		}
		if (code.includes('Failed to use workers')) {
			workers += 1;
			expect(own).not.toContain('typeof Worker');
		}
		const foreign = own.match(/https?:\/\/(?!www\.w3\.org)[a-z0-9-]+\.[a-z]{2,}/gi);
		expect(foreign, file).toBeNull();
	}
	// One for the build and one for development.
	expect([fallbacks, workers]).toEqual([2, 2]);
});

test('[X4] nothing but an arrow with a text on it gets a second canvas to be drawn on', async () => {
	const changed: string[] = [];
	for await (const file of glob('node_modules/@excalidraw/excalidraw/dist/{prod,dev}/*.js')) {
		const code = await readFile(file, 'utf8');
		const lean = withoutSpareCanvases(code);
		if (lean === code) continue;
		changed.push(file);
		expect(lean).toMatch(
			/= \((\S+\(\S+\)\s*&&\s*\S+)\) \? document\.createElement\("canvas"\) : null[\s\S]{1,60}\(\1\) \? \S+\.getContext\("2d"\) : null;\s*if\s*\(\1\)/
		);
	}
	// One for the build and one for development.
	expect(changed).toHaveLength(2);
});
