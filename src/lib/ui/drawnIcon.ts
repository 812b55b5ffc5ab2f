import type { Component } from 'svelte';
import DrawnIcon from './DrawnIcon.svelte';

/** The elements of a drawing, each with its attributes. */
export type Drawing = [tag: string, attributes: Record<string, string>][];

/** The component of an icon (scripts/drawnIcons.ts makes the calls). */
export function drawnIcon(name: string, drawing: Drawing): Component<Record<string, unknown>> {
	return (target, props) => DrawnIcon(target, { name, drawing, props });
}
