import { createReadStream } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { inertMarkup } from './inertMarkup.ts';

/** The drawing library as npm brings it, with the fonts its texts are written in. */
const LIBRARY = 'node_modules/@excalidraw/excalidraw';
const FONTS = `${LIBRARY}/dist/prod`;
/** Where its fonts are served, below the path of everything that never changes: the version is part of it. */
const placeOf = (version: string) => `_app/immutable/board-${version}/`;

/** Where the library looks for fonts that it did not find: a template in its sources. */
const FALLBACK = /`https:\/\/esm\.sh\/[\s\S]*?\/dist\/prod\/`/;
/** It makes fonts small in a worker that, bundled, does not start: without one it does so beside the page's other work. */
const WORKERS = /=\s*typeof Worker\s*(?:<\s*"u"|!==?\s*"undefined")/;
/**
 * Whatever it draws for the first time gets a canvas of its own, and a second one that only an arrow with a text on it
 * needs: on a full board thousands of them, a tenth of the time it takes to open.
 */
const SPARE_CANVAS =
	/=\s*document\.createElement\("canvas"\)([,;]\s*(?:const\s+)?[\w$]+\s*=\s*)([\w$]+)\.getContext\("2d"\);(\s*if\s*)\(([\w$]+\([\w$]+\)\s*&&\s*[\w$]+)\)/;
const ONLY_WHERE_NEEDED =
	'= ($4) ? document.createElement("canvas") : null$1($4) ? $2.getContext("2d") : null;$3($4)';
/** What makes fonts small, and the worker for it: almost two megabytes that make functions of words and run machine code. */
const SUBSETTING = /\/subset-(shared|worker)\.chunk\.js(\?|$)/;
/**
 * Instead of it: a whole font, which is 8 to 70 kB a file, of those files only that have signs of the text.
 * A spread of all bytes would be more arguments than a call may have.
 */
const WHOLE_FONTS = {
	shared: `
export const Commands = {};
export async function toBase64(font) {
	let bytes = '';
	for (const byte of new Uint8Array(font)) bytes += String.fromCharCode(byte);
	return 'data:font/woff2;base64,' + btoa(bytes);
}
export const subsetToBase64 = toBase64;
export const subsetToBinary = async (font) => font;
`,
	worker: 'export const WorkerUrl = undefined;\n'
};
/** Of a text in an exported picture. As an attribute it is refused by the pages' policy; what is written is the same. */
const STYLE_ATTRIBUTE = /\.setAttribute\("style",\s*"white-space: pre;"\)/g;
/** Of pictures in a piece of a web page that is pasted: they are at addresses of others, from which nothing is fetched. */
const PASTED_ADDRESS = /\.startsWith\("http"\)(\)?\s*(?:\{|&&)\s*[\w$]+\.push\(\{\s*type:\s*"imageUrl")/;
/** Addresses it links to or embeds: help, social media, video sites. Namespaces of XML are names, not addresses. */
const FOREIGN = /https?:\/\/(?!www\.w3\.org\b)[a-z0-9-]+(?:\.[a-z0-9-]+)+[^"'`\s\\<>)${}]*/gi;

/**
 * The library's code with our own place for its fonts and no address of anybody else.
 * @throws Error when the fallback is not where it was, so that a new version cannot bring it back unseen
 */
export function atHome(code: string, place: string): string {
	const own = `(globalThis.location ? globalThis.location.origin : 'http://localhost') + '/${place}'`;
	return code.replace(FALLBACK, own).replace(WORKERS, '= false').replace(FOREIGN, 'about:blank');
}

/** The library's code without canvases that nothing is drawn on. */
export function withoutSpareCanvases(code: string): string {
	return code.replace(SPARE_CANVAS, ONLY_WHERE_NEEDED);
}

/** The library's code with what the pages' policy allows (svelte.config.js). */
export function withinPolicy(code: string): string {
	const styled = code.replace(STYLE_ATTRIBUTE, '.style.setProperty("white-space", "pre")');
	return inertMarkup(styled.replace(PASTED_ADDRESS, '.startsWith("nowhere:")$1'), 'peerlearn-board');
}

/** Instead of a part that makes fonts small; null for any other part. */
export function wholeFonts(id: string): string | null {
	const part = SUBSETTING.exec(id)?.[1];
	return part === 'shared' || part === 'worker' ? WHOLE_FONTS[part] : null;
}

async function placeOfLibrary(): Promise<string> {
	const { version } = JSON.parse(await readFile(`${LIBRARY}/package.json`, 'utf8')) as { version: string };
	return placeOf(version);
}

/** Makes the library one that never leaves this server. Used for the build and for Vite's prepared packages. */
export function boardLibrary(): Plugin {
	let place = '';
	return {
		name: 'peerlearn-board-library',
		async buildStart() {
			place = await placeOfLibrary();
		},
		transform(code, id) {
			if (!id.includes(`${LIBRARY}/dist/`) || !/\.js(\?|$)/.test(id)) return null;
			const fonts = wholeFonts(id);
			if (fonts) return { code: fonts, map: null };
			if (code.includes('"ASSETS_FALLBACK_URL"') && !FALLBACK.test(code))
				throw new Error('The drawing library looks for its fonts in another way than it did.');
			if (code.includes('subset-worker.chunk') && !WORKERS.test(code))
				throw new Error('The drawing library starts its workers in another way than it did.');
			return { code: withinPolicy(withoutSpareCanvases(atHome(code, place))), map: null };
		}
	};
}

/** Puts the library's fonts among our own files: copied by the build, served from the package in development. */
export function boardFonts(): Plugin {
	return {
		name: 'peerlearn-board-fonts',
		applyToEnvironment: (environment) => environment.name === 'client',
		async generateBundle() {
			const place = await placeOfLibrary();
			for await (const entry of glob('fonts/**/*.woff2', { cwd: FONTS, withFileTypes: true })) {
				const file = join(entry.parentPath, entry.name);
				const fileName = `${place}${relative(FONTS, file).replaceAll('\\', '/')}`;
				this.emitFile({ type: 'asset', fileName, source: await readFile(file) });
			}
		},
		async configureServer(server) {
			const place = `/${await placeOfLibrary()}`;
			server.middlewares.use((request, response, next) => {
				const { pathname } = new URL(request.url ?? '/', 'http://localhost');
				if (!pathname.startsWith(place) || !/^[\w/.-]+\.woff2$/.test(pathname) || pathname.includes('..'))
					return next();
				createReadStream(join(FONTS, pathname.slice(place.length)))
					.on('error', () => response.writeHead(404).end())
					.on('open', () => response.setHeader('content-type', 'font/woff2'))
					.pipe(response);
			});
		}
	};
}
