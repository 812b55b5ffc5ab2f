import { writeFile } from 'node:fs/promises';
import { LANGUAGES } from '../src/lib/shared/language.ts';
import { main } from './commandLine.ts';
import { faultsOf, readAllWords } from './words/catalogue.ts';

/** `npm run words`: writes down what people read in English and says what each other language lacks. */
await main(async () => {
	const all = await readAllWords();
	const files = Object.fromEntries([...all].map(([text, { files }]) => [text, files]));
	await writeFile('words/en.json', `${JSON.stringify(files, null, '\t')}\n`);
	const lines = [`English: ${all.size} texts (words/en.json)`];
	for (const language of LANGUAGES.filter((one) => one !== 'en')) {
		const { missing, unused, wrong } = await faultsOf(language);
		lines.push(
			`${language}: ${missing.length} missing, ${wrong.length} wrong, ${unused.length} no longer said`
		);
		lines.push(...missing.map((text) => `  missing: ${JSON.stringify(text)}`));
		lines.push(...wrong.map((text) => `  wrong: ${text}`));
		lines.push(...unused.map((text) => `  no longer said: ${JSON.stringify(text)}`));
		if (missing.length + wrong.length > 0) process.exitCode = 1;
	}
	process.stdout.write(`${lines.join('\n')}\n`);
});
