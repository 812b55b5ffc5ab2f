import type { Component } from 'svelte';
import DrawnIcon from './DrawnIcon.svelte';

/** The elements of a drawing, each with its attributes. */
export type Drawing = [tag: string, attributes: Record<string, string>][];

/** The component of an icon; with a name where a style asks for it. scripts/drawnIcons.ts makes the calls. */
export function drawnIcon(drawing: Drawing, name?: string): Component<Record<string, unknown>> {
	return (target, props) => DrawnIcon(target, { drawing, name, props });
}
