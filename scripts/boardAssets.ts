import { createReadStream } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';

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
			if (code.includes('"ASSETS_FALLBACK_URL"') && !FALLBACK.test(code))
				throw new Error('The drawing library looks for its fonts in another way than it did.');
			if (code.includes('subset-worker.chunk') && !WORKERS.test(code))
				throw new Error('The drawing library starts its workers in another way than it did.');
			return { code: withoutSpareCanvases(atHome(code, place)), map: null };
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
