import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

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
			'@typescript-eslint/consistent-type-imports': 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		},
		rules: {
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
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'ImportDeclaration[source.value="node-cron"]', message: 'Only jobs/schedule.ts ticks.' }
			]
		}
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
	{ files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } }
);
