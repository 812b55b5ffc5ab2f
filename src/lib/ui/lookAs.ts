import type { Attachment } from 'svelte/attachments';

/**
 * Sets CSS properties that only a script can know, such as a place in percent: `{@attach lookAs({ width: '40%' })}` instead of
 * `style`. Attributes with styles in what the server sends are what a policy for styles would have to allow for everybody.
 */
export function lookAs(properties: Record<string, string>): Attachment<HTMLElement | SVGElement> {
	return ({ style }) => {
		for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
	};
}
