import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** One build a language (scripts/buildApp.ts). Each has paths of its own, so that they can be served side by side. */
const language = process.env.PEERLEARN_LANGUAGE ?? 'en';
const work = language === 'en' ? '.svelte-kit' : `.svelte-kit/languages/${language}`;

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
		// Scripts are ours or carry the page's nonce. Styles are not restricted yet, and scripts may be made of words: the library that
		// exports drawings writes styles into the page and makes functions at run time.
		csp: {
			mode: 'nonce',
			directives: {
				'script-src': ['self', 'unsafe-eval'],
				'worker-src': ['self'],
				'object-src': ['none'],
				'img-src': ['self', 'blob:', 'data:'],
				'media-src': ['self', 'blob:'],
				'connect-src': ['self', 'blob:', 'data:'],
				'frame-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'frame-ancestors': ['none']
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
