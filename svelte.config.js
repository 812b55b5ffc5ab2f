import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: {
		// Libraries may still be written in the older style; our own code uses runes.
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: adapter({ out: 'build' }),
		typescript: {
			config: (config) => {
				config.include.push('../peer-server/**/*.ts', '../scripts/**/*.ts', '../tests/**/*.ts');
				return config;
			}
		}
	}
};
