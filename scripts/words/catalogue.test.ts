import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/lib/shared/language.ts';
import { faultsOf, readAllWords } from './catalogue.ts';

describe('every language says everything', () => {
	for (const language of LANGUAGES.filter((one) => one !== 'en')) {
		test(`nothing is missing in words/${language}.json (npm run words)`, async () => {
			const { missing, wrong, unused } = await faultsOf(language);
			expect(missing, `${missing.length} texts have no translation`).toEqual([]);
			expect(wrong, `${wrong.length} translations do not fit`).toEqual([]);
			expect(unused, `${unused.length} translations are of nothing that is said`).toEqual([]);
		});
	}

	test('words/en.json lists what people read (npm run words writes it)', async () => {
		const written = JSON.parse(await readFile('words/en.json', 'utf8')) as Record<string, string>;
		expect(Object.keys(written)).toEqual([...(await readAllWords()).keys()]);
	});
});
