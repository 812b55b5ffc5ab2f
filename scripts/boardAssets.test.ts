import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import config from '../svelte.config.js';
import { atHome, boardLibrary, wholeFonts, withinPolicy, withoutSpareCanvases } from './boardAssets.ts';

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

test('[S5] the drawing library makes nothing of words that the pages’ policy refuses', async () => {
	const found = { parts: 0, styles: 0, pasted: 0, policies: 0 };
	for await (const file of glob('node_modules/@excalidraw/excalidraw/dist/{prod,dev}/*.js')) {
		const code = await readFile(file, 'utf8');
		if (wholeFonts(file)) found.parts += 1;
		const allowed = withinPolicy(code);
		if (allowed.includes('.style.setProperty("white-space", "pre")')) found.styles += 1;
		if (allowed.includes('.startsWith("nowhere:")')) found.pasted += 1;
		if (allowed.includes("createPolicy('peerlearn-board'")) found.policies += 1;
		expect(allowed, file).not.toMatch(/\.parseFromString\((?!peerlearnInert\()|\.setAttribute\("style"/);
	}
	// Two parts, and each of the others once, for the build and for development.
	expect(found).toEqual({ parts: 4, styles: 2, pasted: 2, policies: 2 });
	expect(config.kit?.csp?.directives?.['trusted-types']).toContain('peerlearn-board');
});

test('[X2] a whole font is put into an exported picture as it is, however large', async () => {
	const code = wholeFonts('/dist/prod/subset-shared.chunk.js')!;
	const { subsetToBase64 } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
		subsetToBase64(font: ArrayBuffer): Promise<string>;
	};
	const font = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256);
	const address = await subsetToBase64(font.buffer);
	expect(address.slice(0, 23)).toBe('data:font/woff2;base64,');
	expect(Buffer.from(address.slice(23), 'base64').equals(font)).toBe(true);
});

test('[C1] every part of the drawing library can be used, in the build and in development', async () => {
	const transform = boardLibrary().transform as (code: string, id: string) => { code: string } | null;
	let parts = 0;
	for await (const file of glob('node_modules/@excalidraw/excalidraw/dist/{prod,dev}/*.js')) {
		expect(transform(await readFile(file, 'utf8'), file)?.code, file).toEqual(expect.any(String));
		parts += 1;
	}
	expect(parts).toBeGreaterThan(10);
});
