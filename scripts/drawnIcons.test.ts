import { expect, test } from 'vitest';
import { drawnIcons } from './drawnIcons.ts';

async function moduleOf(name: string): Promise<string> {
	const { resolveId, load } = drawnIcons() as unknown as {
		resolveId: (source: string) => string | null;
		load: (id: string) => Promise<string>;
	};
	return load(resolveId(`@lucide/svelte/icons/${name}`)!);
}

test('an icon is its drawing and nothing else; its name goes along where a style asks for it', async () => {
	expect(await moduleOf('x')).toContain(
		'drawnIcon([["path",{"d":"M18 6 6 18"}],["path",{"d":"m6 6 12 12"}]])'
	);
	expect(await moduleOf('log-out')).toMatch(/drawnIcon\(\[.+\], "log-out"\)/);
});

test('an icon is found by its further names, and one that is not there is said to be missing', async () => {
	expect(await moduleOf('smile-plus')).toContain('drawnIcon([["path"');
	await expect(moduleOf('no-such-icon')).rejects.toThrow();
});
