import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { isLanguage, type Language } from '../../src/lib/shared/language.ts';
import { hasWords, isNone, readCatalogue, readNotWords, translationOf, type Catalogue } from './catalogue.ts';
import { putWords } from './putWords.ts';
import { readWords } from './readWords.ts';

/** Builds the product in a language: its words stand where the sources have the English ones. English needs nothing. */
export function wordsIn(language: Language): Plugin | null {
	if (language === 'en') return null;
	const translate = translator(readCatalogue(language));
	return {
		name: 'peerlearn-words',
		enforce: 'pre',
		transform(code, id) {
			const translated = id.includes('?') ? null : translate(code, id);
			return translated === null ? null : { code: translated, map: null };
		}
	};
}

const ASKED = /\?language=(\w+)$/;

/**
 * `import … from './mailWords.ts?language=ar'`: a module in another language than the rest of the build, with everything
 * of ours that it imports. For what is written to somebody who is not looking at a page.
 */
export function wordsAside(): Plugin {
	const translators = new Map<string, ReturnType<typeof translator>>();
	return {
		name: 'peerlearn-words-aside',
		enforce: 'pre',
		resolveId(source, importer) {
			const own = ASKED.exec(source)?.[0];
			const asked = own ?? ASKED.exec(importer ?? '')?.[0];
			if (!asked || !importer || !source.startsWith('.')) return null;
			const path = own ? source.slice(0, -own.length) : source;
			return resolve(dirname(importer.replace(ASKED, '')), path) + asked;
		},
		async load(id) {
			const language = ASKED.exec(id)?.[1];
			if (!isLanguage(language)) return null;
			const file = id.replace(ASKED, '');
			const code = await readFile(file, 'utf8');
			if (file.endsWith('/shared/language.ts'))
				return code.replace(/typeof __LANGUAGE__ .* : __LANGUAGE__;/, `'${language}';`);
			if (language === 'en') return code;
			let translate = translators.get(language);
			if (!translate) translators.set(language, (translate = translator(readCatalogue(language))));
			return translate(code, file) ?? code;
		}
	};
}

/** Puts a language's words into a source; null where there are none. */
function translator(catalogue: Catalogue) {
	const notWords = readNotWords();
	return (code: string, id: string): string | null => {
		const file = relative('.', id).replaceAll('\\', '/');
		if (!hasWords(file)) return null;
		const replacements = readWords(code, file).flatMap((words) => {
			const translation = translationOf(catalogue, words.text, file);
			return translation === undefined || isNone(notWords, words.text, file) ? [] : [{ words, translation }];
		});
		return replacements.length === 0 ? null : putWords(code, replacements);
	};
}
