import type { Plugin } from 'vite';

/** Where a library reads markup into a document that is never shown and runs nothing. */
const READ = /\.parseFromString\(([\w$]+),/g;

/**
 * Code that reads markup in a way that the pages' policy knows (`trusted-types` in svelte.config.js): everything else that would
 * make elements of words fails. Code that reads none stays as it is.
 * @param policy its name in the policy, for this piece of code alone
 */
export function inertMarkup(code: string, policy: string): string {
	if (!code.match(READ)) return code;
	const marked = code.replace(READ, '.parseFromString(peerlearnInert($1),');
	return `const peerlearnPolicy = globalThis.trustedTypes?.createPolicy('${policy}', { createHTML: (markup) => markup });
function peerlearnInert(markup) { return peerlearnPolicy ? peerlearnPolicy.createHTML(markup) : markup; }
${marked}`;
}

/** Lets SvelteKit show its last page, src/error.html, when even the first layout cannot be had. */
export function readableErrorPage(): Plugin {
	return {
		name: 'peerlearn-readable-error-page',
		transform(code, id) {
			if (!/\/kit\/src\/runtime\/client\/client\.js(\?|$)/.test(id)) return null;
			const readable = inertMarkup(code, 'peerlearn-error-page');
			if (readable === code) throw new Error('SvelteKit reads its last page in another way than it did.');
			return { code: readable, map: null };
		}
	};
}
