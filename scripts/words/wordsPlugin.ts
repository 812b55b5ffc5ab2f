import { relative } from 'node:path';
import type { Plugin } from 'vite';
import type { Language } from '../../src/lib/shared/language.ts';
import { hasWords, isNone, readCatalogue, readNotWords, translationOf } from './catalogue.ts';
import { putWords } from './putWords.ts';
import { readWords } from './readWords.ts';

/** Builds the product in a language: its words stand where the sources have the English ones. English needs nothing. */
export function wordsIn(language: Language): Plugin | null {
	if (language === 'en') return null;
	const catalogue = readCatalogue(language);
	const notWords = readNotWords();
	return {
		name: 'peerlearn-words',
		enforce: 'pre',
		transform(code, id) {
			const file = relative('.', id.split('?')[0]!).replaceAll('\\', '/');
			if (id.includes('?') || !hasWords(file)) return null;
			const replacements = readWords(code, file).flatMap((words) => {
				const translation = translationOf(catalogue, words.text, file);
				return translation === undefined || isNone(notWords, words.text, file)
					? []
					: [{ words, translation }];
			});
			return replacements.length === 0 ? null : { code: putWords(code, replacements), map: null };
		}
	};
}
