import type { Node } from './nodes.ts';
import type { FoundWords } from './readWords.ts';

/** Their texts are no sentences. */
const SILENT = new Set(['style', 'script', 'code', 'pre']);
/** A sentence does not go on across these. */
const BREAKS = new Set([
	'SnippetBlock',
	'ConstTag',
	'DebugTag',
	'Comment',
	'SvelteHead',
	'RenderTag',
	'KeyBlock'
]);

/**
 * The sentences right within a fragment. Whatever else stands between the words of one (a bold name, a link) is put in
 * as a whole, so that another language may put it elsewhere; what stands before the first and after the last word is not
 * part of it, but for values.
 */
export function readMarkup(fragment: Node, element = ''): FoundWords[] {
	if (SILENT.has(element)) return [];
	const found: FoundWords[] = [];
	let run: Node[] = [];
	for (const node of [...(fragment.nodes as Node[]), null]) {
		if (node && !BREAKS.has(node.type)) {
			run.push(node);
			continue;
		}
		const words = readRun(run);
		if (words) found.push(words);
		run = [];
	}
	return found;
}

function readRun(run: Node[]): FoundWords | null {
	const speaks = (node: Node) => node.type === 'Text' && /\p{L}{2}|\p{L}\)?$/u.test(String(node.data));
	let first = run.findIndex(speaks);
	if (first < 0) return null;
	let last = run.findLastIndex(speaks);
	const belongs = (node: Node | undefined) => node?.type === 'Text' || node?.type === 'ExpressionTag';
	while (belongs(run[first - 1])) first -= 1;
	while (belongs(run[last + 1])) last += 1;
	const isBlank = (node: Node) => node.type === 'Text' && /^\s*$/.test(String(node.data));
	while (isBlank(run[first]!)) first += 1;
	while (isBlank(run[last]!)) last -= 1;
	const parts = run.slice(first, last + 1);
	let nth = 0;
	const text = parts
		.map((node) => (node.type === 'Text' ? String(node.data) : `{${nth++}}`))
		.join('')
		.replace(/\s+/g, ' ')
		.trim();
	const [begin, end] = [parts[0]!, parts.at(-1)!];
	return {
		text,
		as: 'markup',
		start: begin.start + (begin.type === 'Text' ? /^\s*/.exec(String(begin.raw))![0].length : 0),
		end: end.end - (end.type === 'Text' ? /\s*$/.exec(String(end.raw))![0].length : 0),
		holes: parts.filter((node) => node.type !== 'Text').map(({ start, end }) => ({ start, end }))
	};
}
