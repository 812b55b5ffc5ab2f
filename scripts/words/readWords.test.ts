import { describe, expect, test } from 'vitest';
import { looksLikeWords } from './looksLikeWords.ts';
import { putWords } from './putWords.ts';
import { readWords } from './readWords.ts';

const inScript = (source: string) => readWords(source, 'src/lib/room/one.ts').map(({ text }) => text);
const inPage = (source: string) => readWords(source, 'src/routes/One.svelte').map(({ text }) => text);

/** The source in a language whose words are these. */
function translated(
	source: string,
	file: string,
	words: Record<string, string | Record<string, string>>
): string {
	const found = readWords(source, file);
	return putWords(
		source,
		found.flatMap((one) => (one.text in words ? [{ words: one, translation: words[one.text]! }] : []))
	).replace(/[\u2068\u2069]/g, '');
}

describe('what people read is found', () => {
	test('in scripts: sentences and words with a capital letter, not what is for machines', () => {
		expect(inScript(`const TABLE = { live: 'Live now', kind: 'completed' };`)).toEqual(['Live now']);
		expect(inScript('const text = (name: string) => `${name} is waiting`;')).toEqual(['{0} is waiting']);
		expect(
			inScript(`if (key === 'Escape' || map.has('Enter it')) throw new Error('Not for people.');`)
		).toEqual([]);
		expect(inScript(`import x from 'Some thing'; type A = 'Not this one'; const c = 'flex grow';`)).toEqual(
			[]
		);
		expect(inScript(`const one = word('pen'); const other = 'pen';`)).toEqual(['pen']);
	});

	test('in components: a sentence is one text whatever stands in it', () => {
		expect(inPage('<p class="Big Text">Hello <b>{name}</b>, it is {day}.</p>')).toEqual([
			'Hello {0}, it is {1}.'
		]);
		expect(inPage('<Button><Icon />Start session</Button>')).toEqual(['Start session']);
		expect(inPage('<input aria-label="Name of page {number}" type="text" />')).toEqual(['Name of page {0}']);
		expect(inPage(`<p title={busy ? 'One moment…' : undefined}>{a ? 'Yes' : 'No'}</p>`)).toEqual([
			...['One moment…', 'Yes', 'No']
		]);
		expect(inPage('<code>Some code</code><style>p { content: "Some text"; }</style>')).toEqual([]);
	});

	test('counted words are one text with its form for one; what is put together is refused', () => {
		const [words] = readWords(
			"counted(n, { one: `${who} sent 1 file`, other: '# files were sent' });",
			'src/lib/room/one.ts'
		);
		expect(words).toMatchObject({ text: '# files were sent', one: '{0} sent 1 file', as: 'counted' });
		expect(() => inScript(`counted(n, { one: '1 file', other: n + ' files' });`)).toThrow(/Counted words/);
	});

	test('a single small word, a class and a path are no words', () => {
		for (const text of [
			'camera',
			'flex grow',
			'mx-auto mt-2',
			'/session/{0}',
			'M {0} {1} L',
			'{0}px',
			'text/csv'
		])
			expect(looksLikeWords(text), text).toBe(false);
	});
});

describe('words of another language stand where the English ones stood', () => {
	test('with what is put in at another place, and words within it', () => {
		const source = '<p>Hello <b title="My name">{name}</b>, it is {day}.</p>';
		expect(
			translated(source, 'src/routes/One.svelte', {
				'Hello {0}, it is {1}.': '{1}: سلام {0}',
				'My name': 'اسمي'
			})
		).toBe('<p>{day}: سلام <b title="اسمي">{name}</b></p>');
	});

	test('as source: quotes, braces and signs of markup mean themselves', () => {
		expect(translated(`const a = 'It is so';`, 'src/lib/room/a.ts', { 'It is so': "d'\\`x" })).toBe(
			`const a = 'd\\'\\\\\`x';`
		);
		expect(translated('const a = `It is ${b}`;', 'src/lib/room/a.ts', { 'It is {0}': '`${x} {0}' })).toBe(
			'const a = `\\`\\${x} ${b}`;'
		);
		expect(translated('<p>It is so</p>', 'src/routes/A.svelte', { 'It is so': '<{x}> & y' })).toBe(
			'<p>&lt;&#123;x&#125;> &amp; y</p>'
		);
		expect(translated('<a title="It is so">x</a>', 'src/routes/A.svelte', { 'It is so': '"' })).toBe(
			'<a title="&quot;">x</a>'
		);
	});

	test('with as many forms as the language has', () => {
		const source = `counted(n, { one: '1 file', other: '# files' });`;
		expect(
			translated(source, 'src/lib/room/a.ts', { '# files': { one: 'ملف', two: 'ملفان', other: '# ملف' } })
		).toBe('counted(n, { one: `ملف`, two: `ملفان`, other: `# ملف` });');
	});
});
