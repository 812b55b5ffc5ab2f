import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint();

async function unused(script: string): Promise<string[]> {
	const code = `<script lang="ts">\n${script}\n</script>\n`;
	const [result] = await eslint.lintText(code, { filePath: 'src/lib/ui/Button.svelte' });
	return result!.messages.filter(({ ruleId }) => ruleId === 'house/used-props').map(({ message }) => message);
}

test('what a component declares and does not take is refused by lint', async () => {
	for (const props of [
		'let { one }: { one: string; two: string } = $props();',
		"let { one = '' }: { one?: string; 'two'?: () => void } & Other = $props();"
	])
		expect(await unused(props), props).toEqual(['“two” is declared, and nothing takes it.']);
	for (const props of [
		'let { one, two: other }: { one: string; two: string } = $props();',
		'let { one, ...rest }: { one: string; two: string } = $props();',
		'let { one }: Other = $props();',
		'const props: { one: string } = $props();'
	])
		expect(await unused(props), props).toEqual([]);
});
