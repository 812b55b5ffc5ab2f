import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint();

/** Reasons given for a line of code in a file of ours. */
async function reasons(filePath: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath });
	return result!.messages
		.filter(({ ruleId }) => ruleId === 'no-restricted-syntax' || ruleId === 'svelte/no-at-html-tags')
		.map(({ message }) => message);
}

test.each([
	'document.body.innerHTML = name;',
	"document.body['outerHTML'] = name;",
	'Object.assign(frame, { srcdoc: name });',
	"frame.setAttribute('srcdoc', name);",
	"frame.setAttribute('onclick', name);",
	"place.insertAdjacentHTML('beforeend', name);",
	'range.createContextualFragment(name);',
	'document.write(name);',
	"new DOMParser().parseFromString(name, 'text/html');",
	'eval(name);',
	'globalThis.eval(name);',
	'new Function(name)();',
	"setTimeout('alert(1)', 1);",
	"link.href = 'javascript:alert(1)';",
	'link.href = `JavaScript:${name}`;',
	// Not markup, but on the same page of rules.
	'log.info({}, `${name} came`);',
	'deps.log.warn({}, name);'
])('[S6] is refused by lint, with its reason: %s', async (code) => {
	const found = await reasons('src/lib/room/announcer.ts', code);
	expect(found).toHaveLength(1);
	expect(found[0]).toMatch(/^[A-Z`].+\.$/);
	// Also where another block of rules stands.
	expect(await reasons('src/lib/server/ids.ts', code)).toEqual(found);
});

test('[S6] and so is it in components', async () => {
	for (const markup of [
		'{@html name}',
		'<iframe srcdoc={name}></iframe>',
		'<a href="javascript:alert(1)">x</a>'
	])
		expect(await reasons('src/lib/ui/Button.svelte', markup), markup).toHaveLength(1);
});

test('[S6] reading, and words about it, are fine', async () => {
	const code = "export const shown = [document.body.outerHTML, 'about javascript: links'];";
	expect(await reasons('src/lib/room/announcer.ts', code)).toEqual([]);
});
