import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { usedProps } from './scripts/usedProps.mjs';

/**
 * Who may import whom (docs/architecture.md). `regex` because globs match path segments differently in each
 * tool; one block a folder, because a later block replaces an earlier one.
 */
const forbid = (...patterns) => ({
	'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }]
});
const NO_SERVER = [
	'(^|/)server/',
	'Server code must never reach the browser; ask it over the socket or from +*.server.ts.'
];
const NO_SVELTE = [
	'^(svelte($|/)|\\$app|@sveltejs/|\\$lib)',
	'Plain TypeScript here: it runs and is tested without Svelte.'
];
const NO_ROUTES = ['(^|/)routes/', 'Routes are the outermost layer; nothing imports them.'];
const NO_ROOM = ['(^|/)room/', 'Only routes know the room.'];
const NO_UI = ['(^|/)ui/', 'Components belong to pages; plain code does not know them.'];

/**
 * Text is text (spec S6): nothing in this house makes markup or program out of a string, so nothing that people write can
 * become either. Elements are made by Svelte or `createElement`, text goes in as text.
 */
const MARKUP = /^(innerHTML|outerHTML|srcdoc|dangerouslySetInnerHTML)$/.source;
const refuse = (message, ...selectors) => selectors.map((selector) => ({ selector, message }));
const NO_RAW_HTML = [
	...refuse(
		'Raw HTML runs what people wrote: put text in as text (`textContent`, or Svelte’s own braces).',
		`AssignmentExpression > MemberExpression.left[property.name=/${MARKUP}/]`,
		`AssignmentExpression > MemberExpression.left[property.value=/${MARKUP}/]`,
		`Property[key.name=/${MARKUP}/]`,
		`Property[key.value=/${MARKUP}/]`,
		'SvelteDirective[kind="Binding"][key.name.name=/^(innerHTML|outerHTML)$/]',
		'CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|parseHTMLUnsafe)$/]'
	),
	...refuse(
		'A page inside a page is made of a string here: show it as text, or load it from an address with a policy of its own.',
		'SvelteAttribute[key.name="srcdoc"]',
		'CallExpression[callee.property.name="setAttribute"][arguments.0.value=/^(srcdoc|on.+)$/i]'
	),
	...refuse(
		'`document.write` is raw HTML, and takes the page away.',
		'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]'
	),
	...refuse(
		'What is parsed as a document can be put into the page as one. Read data as JSON.',
		'NewExpression[callee.name="DOMParser"]'
	),
	...refuse(
		'A string that becomes a program can be anybody’s program, and the pages’ policy forbids it.',
		'CallExpression[callee.name=/^(eval|Function)$/]',
		'CallExpression[callee.property.name="eval"][callee.object.name=/^(window|globalThis|self)$/]',
		'NewExpression[callee.name=/^(Async)?(Generator)?Function$/]',
		'CallExpression[callee.name=/^set(Timeout|Interval)$/][arguments.0.type=/^(Literal|TemplateLiteral)$/]'
	),
	...refuse(
		'An address with a program in it runs in our page: use a button.',
		'Literal[value=/^\\s*(javascript|vbscript):/i]',
		'TemplateElement[value.raw=/^\\s*(javascript|vbscript):/i]',
		'SvelteLiteral[value=/^\\s*(javascript|vbscript):/i]'
	)
];
/** What differs from line to line stands in fields, and those are on a list (spec S7). */
const CONSTANT_SENTENCES = refuse(
	'A log’s sentence is a constant: put what differs into its fields (src/lib/server/log.ts).',
	...['callee.object.name', 'callee.object.property.name'].map(
		(whose) =>
			`CallExpression[${whose}="log"][callee.property.name=/^(debug|info|warn|error)$/][arguments.1.type!="Literal"]`
	)
);
const refuseSyntax = (...further) => ({
	'no-restricted-syntax': ['error', ...NO_RAW_HTML, ...CONSTANT_SENTENCES, ...further]
});

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'node_modules/', 'data/', 'test-results/', '.cache/', 'drizzle/*/'] },
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-console': 'error',
			'no-undef': 'off',
			eqeqeq: 'error',
			'max-lines': ['error', { max: 300 }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// `!` after an index that was just checked reads better than a branch that cannot happen.
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-invalid-void-type': 'off',
			'@typescript-eslint/consistent-type-imports': 'error',
			...refuseSyntax()
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			// Of Svelte's configuration what the linter reads: all of it could not be remembered from run to run.
			parserOptions: { parser: ts.parser, svelteConfig: { compilerOptions: { runes: true } } }
		},
		plugins: { house: { rules: { 'used-props': usedProps } } },
		rules: {
			'house/used-props': 'error',
			// Text is text (spec S6): raw HTML has no place in any component.
			'svelte/no-at-html-tags': 'error',
			// The pages' policy refuses `style` in what the server sends (spec S5): lib/ui/lookAs.ts.
			'svelte/no-inline-styles': 'error',
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['src/lib/shared/**'],
		rules: forbid([
			'^(?!\\./|zod$|vitest$|fast-check$)',
			'shared imports zod and its own files, nothing else: both sides use it.'
		])
	},
	{ files: ['src/lib/room/**'], rules: forbid(NO_SERVER, NO_SVELTE, NO_ROUTES, NO_UI) },
	{ files: ['src/lib/inbox/**'], rules: forbid(NO_SERVER, NO_SVELTE, NO_ROUTES, NO_UI) },
	{
		files: ['src/lib/room/adapters/**', 'src/lib/inbox/adapters/**'],
		rules: {
			...forbid(NO_SVELTE, NO_ROUTES, NO_UI),
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '(^|/)server/',
							allowTypeImports: true,
							message: 'Adapters may know the router’s types, never its code.'
						}
					]
				}
			]
		}
	},
	{ files: ['src/lib/server/**'], rules: forbid(NO_SVELTE, NO_ROUTES, NO_ROOM, NO_UI) },
	{
		files: ['src/lib/server/**/*Service.ts', 'src/lib/server/jobs/**'],
		rules: forbid(
			NO_SVELTE,
			NO_ROUTES,
			NO_ROOM,
			NO_UI,
			['^\\.\\./\\w+/\\w+Queries', 'A module calls another module’s service, never its queries.'],
			['^(\\.\\./)?\\.?/?\\w*/?\\w+Router', 'Services do not know how they are asked.']
		)
	},
	{
		files: ['src/lib/server/**/*Router.ts'],
		rules: forbid(NO_SVELTE, NO_ROUTES, NO_ROOM, NO_UI, [
			'Queries',
			'Routers call services; SQL stays behind them.'
		])
	},
	{
		files: ['src/lib/server/**/*.ts'],
		ignores: ['src/lib/server/jobs/schedule.ts'],
		rules: refuseSyntax({
			selector: 'ImportDeclaration[source.value="node-cron"]',
			message: 'Only jobs/schedule.ts ticks.'
		})
	},
	{ files: ['src/lib/ui/**'], rules: forbid(NO_SERVER, NO_ROUTES, NO_ROOM) },
	{
		files: ['src/routes/**'],
		ignores: ['**/+*.server.ts', '**/+server.ts'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '(^|/)server/', allowTypeImports: true, message: NO_SERVER[1] }] }
			]
		}
	},
	{
		files: ['peer-server/**'],
		rules: forbid(
			['(^|/)routes/|(^|/)room/|(^|/)ui/', 'The PeerServer can run as a process of its own.'],
			NO_SVELTE
		)
	},
	{ files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } },
	{
		// They hold what must never run, in order to see that it does not; and look whether an exported picture is well-formed.
		files: ['**/*.test.ts', 'tests/**'],
		rules: { 'no-restricted-syntax': 'off' }
	}
);
