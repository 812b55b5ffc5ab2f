import type { Plugin } from 'vite';

/** How SvelteKit takes what it needs of Svelte. */
const TAKEN = 'const { onMount, tick } = svelte;';

/**
 * Lets the bundler see what SvelteKit needs of Svelte. Taken out of the whole in one statement, it keeps all of it: more than
 * a kilobyte that no page uses.
 */
export function svelteByName(): Plugin {
	return {
		name: 'peerlearn-svelte-by-name',
		apply: 'build',
		transform(code, id) {
			if (!/\/kit\/src\/runtime\/client\/client\.js(\?|$)/.test(id)) return null;
			if (!code.includes(TAKEN))
				throw new Error('SvelteKit takes what it needs of Svelte in another way than it did.');
			return { code: code.replace(TAKEN, 'const onMount = svelte.onMount, tick = svelte.tick;'), map: null };
		}
	};
}
