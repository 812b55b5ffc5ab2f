// Plain JavaScript: editors load the configuration of the linter with whatever Node they run on.

/**
 * A component takes what it declares. What TypeScript knows of other files is not asked: to read the types of the whole house for
 * each component takes four times as long as everything else that the linter does.
 * @type {import('eslint').Rule.RuleModule}
 */
export const usedProps = {
	meta: { type: 'suggestion', messages: { unused: '“{{name}}” is declared, and nothing takes it.' } },
	create: (context) => ({
		VariableDeclarator(node) {
			const declared = /** @type {Declarator} */ (/** @type {unknown} */ (node));
			if (declared.init?.callee?.name !== '$props' || declared.id.type !== 'ObjectPattern') return;
			const { properties, typeAnnotation } = declared.id;
			if (properties.some(({ type }) => type === 'RestElement')) return;
			const taken = new Set(properties.map(({ key }) => nameOf(key)));
			for (const { key } of membersOf(typeAnnotation?.typeAnnotation)) {
				const name = nameOf(key);
				if (name !== undefined && !taken.has(name))
					context.report({ node, messageId: 'unused', data: { name } });
			}
		}
	})
};

/**
 * As much as is read of what a parser of TypeScript makes.
 * @typedef {{ name?: string, value?: unknown }} Key
 * @typedef {{ type: string, members?: { key?: Key }[], types?: Type[] }} Type
 * @typedef {{ type: string, properties: { type: string, key?: Key }[], typeAnnotation?: { typeAnnotation: Type } }} Pattern
 * @typedef {{ id: Pattern, init?: { callee?: { name?: string } } | null }} Declarator
 */

/**
 * Of the types that are written there; others may be another component’s.
 * @param {Type | undefined} type
 * @returns {{ key?: Key }[]}
 */
function membersOf(type) {
	if (type?.type === 'TSIntersectionType') return (type.types ?? []).flatMap(membersOf);
	return type?.type === 'TSTypeLiteral' ? (type.members ?? []) : [];
}

/** @param {Key | undefined} key */
function nameOf(key) {
	return key?.name ?? (typeof key?.value === 'string' ? key.value : undefined);
}
