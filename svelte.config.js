import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** One build a language (scripts/buildApp.ts). Each has paths of its own, so that they can be served side by side. */
const language = process.env.PEERLEARN_LANGUAGE ?? 'en';
const work = language === 'en' ? '.svelte-kit' : `.svelte-kit/languages/${language}`;

/** In development Vite puts styles into the page, for which Kit opens `style-src` by itself. */
const developing = process.env.NODE_ENV === 'development';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: {
		// Libraries may still be written in the older style; our own code uses runes.
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
	},
	kit: {
		outDir: work,
		appDir: language === 'en' ? '_app' : `_app/${language}`,
		// Nothing but what is named here (docs/decisions/nothing-runs-that-we-did-not-send.md). Kit adds the nonce of each answer.
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'script-src-attr': ['none'],
				'style-src': ['self'],
				...(!developing && { 'style-src-attr': ['none'] }),
				'font-src': ['self'],
				// Pictures on the board are in the page (data:), drawn pages beside it (blob:).
				'img-src': ['self', 'blob:', 'data:'],
				'media-src': ['none'],
				'connect-src': ['self'],
				'worker-src': ['none'],
				'manifest-src': ['none'],
				'object-src': ['none'],
				'frame-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'frame-ancestors': ['none'],
				'require-trusted-types-for': ['script'],
				// Svelte's templates, and two places of libraries that read markup without showing it (scripts/inertMarkup.ts).
				'trusted-types': ['svelte-trusted-html', 'peerlearn-board', 'peerlearn-error-page']
			}
		},
		adapter: adapter({ out: language === 'en' ? 'build' : `${work}/build` }),
		typescript: {
			config: (config) => {
				config.include.push('../peer-server/**/*.ts', '../scripts/**/*.ts', '../tests/**/*.ts');
				return config;
			}
		}
	}
};
