import type { Translation } from './catalogue.ts';
import type { FoundWords } from './readWords.ts';

interface Replacement {
	words: FoundWords;
	translation: Translation;
}

/** The source with translations in place of its words. What is put into them stays, wherever they want it. */
export function putWords(source: string, replacements: readonly Replacement[]): string {
	const sorted = [...replacements].sort((a, b) => a.words.start - b.words.start || b.words.end - a.words.end);
	return write(0, source.length, sorted);

	/** `[start, end)` of the source; of several words within each other the outermost puts the others in itself. */
	function write(start: number, end: number, within: readonly Replacement[]): string {
		let written = '';
		let at = start;
		for (const replacement of within) {
			const { words } = replacement;
			if (words.start < at || words.end > end) continue;
			written += source.slice(at, words.start);
			const inner = within.filter(
				(other) => other !== replacement && words.start <= other.words.start && other.words.end <= words.end
			);
			const holes = words.holes.map((hole) => write(hole.start, hole.end, inner));
			written += writeWords(source, replacement, holes);
			at = words.end;
		}
		return written + source.slice(at, end);
	}
}

function writeWords(source: string, { words, translation }: Replacement, holes: string[]): string {
	if (words.as === 'counted') {
		const forms = typeof translation === 'string' ? { other: translation } : translation;
		return `{ ${Object.entries(forms)
			.map(([form, text]) => `${form}: ${asTemplate(text, holes)}`)
			.join(', ')} }`;
	}
	const text = typeof translation === 'string' ? translation : (translation.other ?? '');
	switch (words.as) {
		case 'literal':
			return asLiteral(text, source[words.start] === '"' ? '"' : "'");
		case 'template':
			return asTemplate(text, holes);
		case 'markup':
			return filled(text, escapeMarkup, holes);
		case 'attribute': {
			const quote = source[words.start - 1];
			const value = filled(
				text,
				(part) => escapeMarkup(part).replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
				holes
			);
			return quote === '"' || quote === "'" ? value : `"${value}"`;
		}
	}
}

function filled(
	text: string,
	escape: (part: string) => string,
	holes: string[],
	hole = (code: string) => code
): string {
	return text
		.split(/(\{\d+\})/)
		.map((part, nth) => (nth % 2 === 0 ? escape(part) : hole(holes[Number(part.slice(1, -1))] ?? '')))
		.join('');
}

function asTemplate(text: string, holes: string[]): string {
	const escape = (part: string) => part.replace(/[\\`]|\$\{/g, '\\$&');
	return `\`${filled(text, escape, holes, (code) => `\${${code}}`)}\``;
}

function asLiteral(text: string, quote: '"' | "'"): string {
	return (
		quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n') + quote
	);
}

function escapeMarkup(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('{', '&#123;')
		.replaceAll('}', '&#125;');
}
