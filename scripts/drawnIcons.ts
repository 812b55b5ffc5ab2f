import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const NAMED = '@lucide/svelte/icons/';
const FOLDER = 'node_modules/@lucide/svelte/dist/icons';
/** Where one reads from right to left some are turned round, by their names. */
const STYLES = 'src/lib/ui/direction.css';
const PREFIX = '\0icon:';
const FRAME = resolve('src/lib/ui/drawnIcon.ts');

/** An icon as the library has it: elements of SVG with their attributes. */
interface Drawing {
	name: string;
	node: [tag: string, attributes: Record<string, string>][];
}

/**
 * Puts the library's drawings into a frame of our own (`drawnIcon`). Each of its components can be told size, colour and
 * stroke one by one, which nobody here does, and that is more code than the drawing itself.
 */
export function drawnIcons(): Plugin {
	return {
		name: 'peerlearn-drawn-icons',
		enforce: 'pre',
		resolveId: (source) => (source.startsWith(NAMED) ? PREFIX + source.slice(NAMED.length) : null),
		async load(id) {
			if (!id.startsWith(PREFIX)) return null;
			const { name, node } = await drawingOf(id.slice(PREFIX.length));
			const names = (await readFile(STYLES, 'utf8')).includes(`.lucide-${name}`) ? [name] : [];
			const icon = `drawnIcon(${[node, ...names].map((one) => JSON.stringify(one)).join(', ')})`;
			return `import { drawnIcon } from ${JSON.stringify(FRAME)};\nexport default /* @__PURE__ */ ${icon};`;
		}
	};
}

/** @throws Error when the library keeps its drawings in another way than it did */
async function drawingOf(asked: string): Promise<Drawing> {
	// Some have a further name, under which there is only a hint to the first.
	const index = await readFile(`${FOLDER}/${asked}.js`, 'utf8');
	const file = /from ['"]\.\/([\w-]+\.svelte)['"]/.exec(index)?.[1];
	const source = file ? await readFile(`${FOLDER}/${file}`, 'utf8') : '';
	const drawing = /const iconData = (\{.+\});?$/m.exec(source)?.[1];
	if (!drawing) throw new Error(`There is no drawing of “${asked}” where it was.`);
	return JSON.parse(drawing) as Drawing;
}
