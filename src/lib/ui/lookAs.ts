import type { Attachment } from 'svelte/attachments';

/**
 * Sets CSS properties that only a script can know, such as a place in percent. `{@attach lookAs({ width: '40%' })}` instead of
 * `style`: the policy of our pages (svelte.config.js) ignores `style` attributes in what the server sends, because whoever got
 * markup into a page could draw over it with them. Scripts may set the same properties.
 */
export function lookAs(properties: Record<string, string>): Attachment<HTMLElement | SVGElement> {
	return ({ style }) => {
		for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
	};
}
