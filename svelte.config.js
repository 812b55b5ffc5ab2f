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
		// Scripts and styles are ours or carry the page's nonce; a `style` attribute in a page is not looked at (lib/ui/lookAs.ts).
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				'style-src-attr': ['none'],
				'img-src': ['self', 'blob:', 'data:'],
				'media-src': ['self', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
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
