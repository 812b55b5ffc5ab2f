/** A node of a syntax tree: of a script (ESTree) or of a component (Svelte). */
export interface Node {
	type: string;
	start: number;
	end: number;
	[key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The nodes right below one. Types are left out: they hold no words. */
export function childrenOf(node: Node): Node[] {
	if (node.type.startsWith('TS')) return isNode(node.expression) ? [node.expression] : [];
	const found: Node[] = [];
	for (const [name, value] of Object.entries(node)) {
		if (name === 'metadata' || name === 'loc' || name === 'parent') continue;
		for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
			if (isNode(child)) found.push(child);
		}
	}
	return found;
}
