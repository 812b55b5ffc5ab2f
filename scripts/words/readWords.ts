import { parse } from 'svelte/compiler';
import { looksLikeWords } from './looksLikeWords.ts';
import { readMarkup } from './markupWords.ts';
import { childrenOf, isNode, type Node } from './nodes.ts';

/** Words found in a source, and where: `[start, end)` is what another language replaces. */
export interface FoundWords {
	/** The English text; `{0}`, `{1}` … for what is put in. Of counted words the form for many. */
	text: string;
	/** Of counted words: their English form for one. */
	one?: string;
	/** Which kind of source they are in decides how they are written there. */
	as: 'literal' | 'template' | 'counted' | 'markup' | 'attribute';
	start: number;
	end: number;
	/** The places of what is put in. */
	holes: { start: number; end: number }[];
}

/** Parsed as the module part of a component: one parser for both kinds of source. */
const BEFORE = '<script module lang="ts">\n';
const AFTER = '\n</script>';

/** What is passed to these is for machines: selectors, keys, what an error says to a log. */
const NOT_FOR_PEOPLE =
	/^(closest|matches|querySelector|querySelectorAll|getElementById|addEventListener|removeEventListener|includes|startsWith|endsWith|indexOf|has|get|getAll|delete|setAttribute|getAttribute|removeAttribute|matchMedia|createElement|split|test|exec|on|off|emit|debug|info|warn|error|trace|fatal|log|json|depends|invalidate)$/;
const COMPARING = new Set(['===', '!==', '==', '!=', 'in', 'instanceof']);
/** Attributes without words whatever stands in them. */
const NO_WORDS =
	/^(class|style|id|href|src|d|points|viewBox|transform|pattern|for|accept|media|key|data-.*|on[a-z]+)$/;

/** @throws Error where counted words are put together, so that no other language could have forms of its own */
export function readWords(source: string, filename: string): FoundWords[] {
	const isComponent = filename.endsWith('.svelte');
	const offset = isComponent ? 0 : BEFORE.length;
	const text = isComponent ? source : BEFORE + source + AFTER;
	const found: FoundWords[] = [];
	const keep = (words: FoundWords) => found.push(words);
	const shows = /src\/(routes|lib\/ui)\//.test(filename);
	const visit = (node: Node, parent: Node | null) =>
		visitNode(node, parent, { source: text, shows }, keep, visit);
	const root = parse(text, { modern: true, filename }) as unknown as Record<
		'fragment' | 'instance' | 'module',
		Node
	>;
	for (const part of [root.module, root.instance]) if (part) visit(part.content as Node, part);
	visit(root.fragment, null);
	return found
		.map((words) => ({
			...words,
			...{ start: words.start - offset, end: words.end - offset },
			holes: words.holes.map(({ start, end }) => ({ start: start - offset, end: end - offset }))
		}))
		.sort((a, b) => a.start - b.start);
}

type Visit = (node: Node, parent: Node | null) => void;
type Keep = (words: FoundWords) => void;
interface Scene {
	source: string;
	/** Whether the errors of this file are shown to people. */
	shows: boolean;
}

function visitNode(
	node: Node,
	parent: Node | null,
	{ source, shows }: Scene,
	keep: Keep,
	visit: Visit
): void {
	const below = (except?: unknown) => {
		for (const child of childrenOf(node)) if (child !== except) visit(child, node);
	};
	switch (node.type) {
		case 'ImportDeclaration':
		case 'ExportAllDeclaration':
		case 'TaggedTemplateExpression':
		case 'ClassDirective':
		case 'StyleDirective':
		case 'Comment':
		case 'StyleSheet':
			return;
		case 'Fragment':
			for (const words of readMarkup(node, String(parent?.name ?? ''))) keep(words);
			return below();
		case 'Attribute':
			return readAttribute(node, keep, visit);
		case 'Property':
		case 'PropertyDefinition':
			return below(node.computed ? undefined : node.key);
		case 'MemberExpression':
			return visit(node.object as Node, node);
		case 'SwitchCase':
			return below(node.test);
		case 'NewExpression':
			// Pages show what their own errors say.
			return /(Error|Event|RegExp|URL|WebSocket|Blob|File)$/.test(nameOf(node.callee)) && !shows
				? undefined
				: below();
		case 'CallExpression':
			return readCall(node, source, keep, visit);
		case 'Literal':
			if (typeof node.value === 'string' && !isCompared(node, parent) && looksLikeWords(node.value))
				keep({ text: node.value, as: 'literal', start: node.start, end: node.end, holes: [] });
			return;
		case 'TemplateLiteral': {
			const words = readTemplate(node);
			if (looksLikeWords(words.text) && !isCompared(node, parent)) keep(words);
			return below();
		}
		default:
			return below();
	}
}

function isCompared(node: Node, parent: Node | null): boolean {
	if (parent?.type === 'BinaryExpression') return COMPARING.has(String(parent.operator));
	return parent?.type === 'ExpressionStatement' && node.type === 'Literal';
}

function readCall(node: Node, source: string, keep: Keep, visit: Visit): void {
	const args = node.arguments as Node[];
	const name = nameOf(node.callee);
	if (name === 'counted' && args[1]?.type === 'ObjectExpression') {
		const words = readCounted(args[1], source);
		keep(words);
		visit(args[0]!, node);
		for (const child of formsOf(args[1])) for (const inner of holesOf(child)) visit(inner, child);
		return;
	}
	if (name === 'word' && args[0]) {
		keep(args[0].type === 'TemplateLiteral' ? readTemplate(args[0]) : readLiteral(args[0]));
		for (const inner of holesOf(args[0])) visit(inner, args[0]);
		return;
	}
	visit(node.callee as Node, node);
	for (const [nth, arg] of args.entries()) {
		const isText = arg.type === 'Literal' || arg.type === 'TemplateLiteral';
		if (isText && (nth === 0 || name !== 'get') && NOT_FOR_PEOPLE.test(name)) continue;
		visit(arg, node);
	}
}

/** `{ one: …, other: … }`, both written out. */
function readCounted(node: Node, source: string): FoundWords {
	const forms = formsOf(node);
	if (forms.length !== 2 || !forms.every(({ type }) => type === 'TemplateLiteral' || type === 'Literal'))
		throw new Error(
			`Counted words need a text for one and a text for other: ${source.slice(node.start, node.end)}`
		);
	const [one, other] = forms.map((form) =>
		form.type === 'TemplateLiteral' ? readTemplate(form) : readLiteral(form)
	);
	// What both put in has one number, that of the form for many.
	const holes = [...other!.holes];
	const code = ({ start, end }: { start: number; end: number }) => source.slice(start, end);
	const text = one!.text.replace(/\{(\d+)\}/g, (_, nth: string) => {
		const hole = one!.holes[Number(nth)]!;
		const known = holes.findIndex((each) => code(each) === code(hole));
		return `{${known < 0 ? holes.push(hole) - 1 : known}}`;
	});
	return { text: other!.text, one: text, as: 'counted', start: node.start, end: node.end, holes };
}

function formsOf(node: Node): Node[] {
	const properties = node.properties as Node[];
	return ['one', 'other']
		.map((name) => properties.find((property) => (property.key as { name?: string }).name === name)?.value)
		.filter((value) => isNode(value));
}

function holesOf(node: Node): Node[] {
	return node.type === 'TemplateLiteral' ? (node.expressions as Node[]) : [];
}

function readLiteral(node: Node): FoundWords {
	return { text: String(node.value), as: 'literal', start: node.start, end: node.end, holes: [] };
}

function readTemplate(node: Node): FoundWords {
	const holes = node.expressions as Node[];
	const text = (node.quasis as { value: { cooked: string } }[])
		.map(({ value }, nth) => (nth === 0 ? '' : `{${nth - 1}}`) + value.cooked)
		.join('');
	return {
		text,
		as: 'template',
		start: node.start,
		end: node.end,
		holes: holes.map(({ start, end }) => ({ start, end }))
	};
}

function readAttribute(node: Node, keep: Keep, visit: Visit): void {
	if (node.value === true || NO_WORDS.test(String(node.name))) {
		// What is done on an event may still say something.
		if (String(node.name).startsWith('on') && isNode(node.value)) visit(node.value, node);
		return;
	}
	const parts = Array.isArray(node.value) ? (node.value as Node[]) : [node.value as Node];
	const expressions = parts.filter((part) => part.type === 'ExpressionTag');
	for (const part of expressions) visit(part, node);
	if (expressions.length === parts.length) return;
	let nth = 0;
	const text = parts.map((part) => (part.type === 'Text' ? String(part.data) : `{${nth++}}`)).join('');
	if (!looksLikeWords(text)) return;
	const [start, end] = [parts[0]!.start, parts.at(-1)!.end];
	keep({ text, as: 'attribute', start, end, holes: expressions.map(({ start, end }) => ({ start, end })) });
}

function nameOf(callee: unknown): string {
	if (!isNode(callee)) return '';
	if (callee.type === 'Identifier') return String(callee.name);
	if (callee.type === 'MemberExpression') return nameOf(callee.property);
	return callee.type === 'ChainExpression' ? nameOf(callee.expression) : '';
}
