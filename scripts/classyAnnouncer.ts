import type { Plugin } from 'vite';

/** How SvelteKit hides what it says of a new page. */
const HIDDEN = /(<div id="svelte-announcer"[^>]*?) style="[^"]*"/;

/**
 * Hides SvelteKit's announcer of new pages by our class. As soon as a policy restricts styles (svelte.config.js), its `style`
 * attribute would be an error on every page.
 */
export function classyAnnouncer(): Plugin {
	return {
		name: 'peerlearn-classy-announcer',
		enforce: 'pre',
		transform(code, id) {
			if (!/\/generated\/root\.svelte$/.test(id)) return null;
			if (!HIDDEN.test(code)) throw new Error('SvelteKit hides its announcer in another way than it did.');
			return { code: code.replace(HIDDEN, '$1 class="sr-only"'), map: null };
		}
	};
}
