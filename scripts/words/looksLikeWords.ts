/** One word of a sentence, with the signs around it. */
const WORD = /^[“"'(‘–-]*[A-Za-zÀ-ž]+(?:[’'-][A-Za-z]+)*[.,;:!?…”"')’]*$/;
const FIGURE = /^[“"'(]*[\d.,:#%+–—-]+[.,;:!?…”"')]*$/;
/** Words of CSS that are written without a hyphen. */
const STYLES =
	/^(absolute|auto|baseline|block|border|bottom|capitalize|center|contents|fixed|flex|grid|grow|group|hidden|inherit|inline|invisible|italic|none|relative|rounded|shrink|static|sticky|table|text|top|transition|truncate|underline|uppercase|visible|chip|switch|badge|apart|down|aside|control)$/;

/**
 * Whether a text of a script or an attribute is meant for people: `{0}` stands for what is put in. A sentence, or one
 * word that begins with a capital letter. Single small words look like any name in a program: `word()` marks them.
 */
export function looksLikeWords(text: string): boolean {
	const bare = text.replace(/\{\d+\}/g, ' ').trim();
	if (!/[A-Za-z]{2}/.test(bare))
		return /[A-Za-z]/.test(bare) && /^\{\d+\} [a-z]( \{\d+\} [a-z]+)?$/.test(text.trim());
	const tokens = text
		.replace(/\{\d+\}/g, '\u0001')
		.split(/\s+/)
		.filter((token) => token !== '');
	const words = tokens.filter(
		(token) => WORD.test(token.replaceAll('\u0001', 'x')) && /[A-Za-z]{2}/.test(token)
	);
	if (words.length === 0) return false;
	if (tokens.length === 1)
		return /^[“(]?[A-Z][a-z’é-]+[.…!?,:”)]*$/.test(text) || /\u0001[’]s$|^[“]\u0001[”]/.test(tokens[0]!);
	if (/[{}<>;=]/.test(text.replace(/\{\d+\}/g, '').replace(/;(?= )/g, ''))) return false;
	if (/^[“"'(‘]*[A-Z]/.test(text) || /[“”’…]/.test(text) || /[.!?]$/.test(text)) return true;
	const natural = tokens.every(
		(token) =>
			token.replaceAll('\u0001', '') === '' ||
			WORD.test(token.replaceAll('\u0001', 'x')) ||
			FIGURE.test(token.replaceAll('\u0001', '0')) ||
			token === '–' ||
			token === '·'
	);
	return (
		natural &&
		!words.every((token) => STYLES.test(token)) &&
		!words.some((token) => /^[a-z]+-[a-z]/.test(token))
	);
}
