import { readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Language } from '../../src/lib/shared/language.ts';
import { readWords, type FoundWords } from './readWords.ts';

/** A translated sentence, or one for each form that the language's numbers ask for. */
export type Translation = string | Partial<Record<Intl.LDMLPluralRule, string>>;
/** By the English text; `text@File.svelte` where one file needs another one than the rest. */
export type Catalogue = Record<string, Translation>;

/** Where words for people are written. The server speaks in reasons; the pages and its mails have the sentences. */
const SOURCES = [
	'src/routes/**/*.{ts,svelte}',
	'src/lib/{ui,room,inbox,shared}/**/*.{ts,svelte}',
	'src/lib/server/mail/mailWords.ts'
];
/** Two people compare a safety phrase, whatever the language of each: its words are the same in all of them. */
const NOT_SOURCES =
	/\.(test|d)\.ts$|[Ff]ixture\.ts$|\/fakes\/|\/\+server\.ts$|shared\/language\.ts$|privacy\/safety(Words|Phrase)\.ts$/;

/** Whether the words of a file are for people. */
export function hasWords(file: string): boolean {
	const isSource =
		/src\/(routes|lib\/(ui|room|inbox|shared))\/.*\.(ts|svelte)$/.test(file) ||
		file.endsWith('src/lib/server/mail/mailWords.ts');
	return isSource && !NOT_SOURCES.test(file);
}

export function readCatalogue(language: Language): Catalogue {
	return JSON.parse(readFileSync(`words/${language}.json`, 'utf8')) as Catalogue;
}

/** Texts that look like words to the program and are none, also as `text@File.svelte`. */
export function readNotWords(): Set<string> {
	return new Set(JSON.parse(readFileSync('words/not-words.json', 'utf8')) as string[]);
}

/** The translation for a file; undefined when there is none. */
export function translationOf(catalogue: Catalogue, text: string, file: string): Translation | undefined {
	return catalogue[`${text}@${basename(file)}`] ?? catalogue[text];
}

/** Everything people read in English, in the order of the alphabet, with the files it is in. */
export async function readAllWords(): Promise<Map<string, { words: FoundWords; files: string[] }>> {
	const notWords = readNotWords();
	const all = new Map<string, { words: FoundWords; files: string[] }>();
	for await (const path of glob(SOURCES)) {
		const file = path.replaceAll('\\', '/');
		if (!hasWords(file)) continue;
		for (const words of readWords(await readFile(path, 'utf8'), file)) {
			if (isNone(notWords, words.text, file)) continue;
			const known = all.get(words.text);
			if (!known) all.set(words.text, { words, files: [file] });
			else if (!known.files.includes(file)) known.files.push(file);
		}
	}
	for (const { files } of all.values()) files.sort();
	return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function isNone(notWords: Set<string>, text: string, file: string): boolean {
	return notWords.has(text) || notWords.has(`${text}@${basename(file)}`);
}

/**
 * What is wrong with a language's catalogue: what has no translation, what is translated but no longer said, what lacks
 * a form that numbers ask for, and what puts in other things than the English text does.
 */
export async function faultsOf(
	language: Language
): Promise<{ missing: string[]; unused: string[]; wrong: string[] }> {
	const catalogue = readCatalogue(language);
	const all = await readAllWords();
	const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
	const used = new Set<string>();
	const missing = new Set<string>();
	const wrong: string[] = [];
	for (const [text, { words, files }] of all) {
		for (const file of files) {
			const own = `${text}@${basename(file)}`;
			const key = own in catalogue ? own : text;
			const translation = catalogue[key];
			if (translation === undefined) missing.add(text);
			else if (!used.has(key)) wrong.push(...mistakesOf(words, key, translation, forms));
			used.add(key);
		}
	}
	return { missing: [...missing], unused: Object.keys(catalogue).filter((key) => !used.has(key)), wrong };
}

function mistakesOf(
	words: FoundWords,
	key: string,
	translation: Translation,
	forms: readonly Intl.LDMLPluralRule[]
): string[] {
	const texts = typeof translation === 'string' ? [translation] : Object.values(translation);
	const mistakes: string[] = [];
	if (words.one !== undefined) {
		const has = typeof translation === 'string' ? [] : Object.keys(translation);
		const lacks = forms.filter((form) => !has.includes(form));
		if (lacks.length > 0) mistakes.push(`“${key}” lacks the forms ${lacks.join(', ')}`);
	} else if (typeof translation !== 'string') mistakes.push(`“${key}” is not counted`);
	const wanted = holesIn(words.text);
	// What only the form for one puts in may stand in any form.
	const allowed = new Set([...wanted, ...holesIn(words.one ?? '')]);
	for (const text of texts) {
		const given = holesIn(text);
		const fits = wanted.every((hole) => given.includes(hole)) && given.every((hole) => allowed.has(hole));
		if (!fits)
			mistakes.push(
				`“${key}” puts in ${given.join(' ') || 'nothing'} instead of ${wanted.join(' ') || 'nothing'}`
			);
	}
	return mistakes;
}

function holesIn(text: string): string[] {
	return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}
