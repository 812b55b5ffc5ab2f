import type { Attachment } from 'svelte/attachments';

/**
 * Sets CSS properties that only a script can know, such as a place in percent: `{@attach lookAs({ width: '40%' })}` instead of
 * `style`, which the pages' policy refuses in what the server sends (svelte.config.js). An empty value takes a property away.
 */
export function lookAs(properties: Record<string, string>): Attachment<HTMLElement | SVGElement> {
	return ({ style }) => {
		for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
	};
}
