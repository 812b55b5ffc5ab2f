/**
 * What text of people may hold, in one place (spec S6). It is shown as text whatever it holds; this keeps it from turning the
 * text around it, from hiding a part of itself, and from covering the lines above and below.
 */

/**
 * Marks on one letter: no script stacks more. Burmese needs seven, Hebrew with its accents five; thousands would cover the
 * lines above and below.
 */
const MARKS_MAX = 8;
const PILED_MARKS = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, 'gu');

/** Unicode’s embeddings, overrides, isolates and marks of direction (UAX #9, 2). No name needs them: letters have a direction. */
const TURNING = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
/**
 * Nothing to see: soft hyphen, grapheme joiner, Mongolian separator, zero-width space and no-break space, invisible operators,
 * annotations, what is no character at all. The joiners of Persian and of emoji (U+200C, U+200D) are no padding.
 */
const UNSEEN =
	'\\u00ad\\u034f\\u180e\\u200b\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\ufff0-\\ufffb\\ufffe\\uffff';
const HIDING = new RegExp(`[${TURNING}${UNSEEN}]`, 'gu');
const TURNS = new RegExp(`[${TURNING}]`, 'gu');
/** Letters that only say where a flag belongs to (England’s, Wales’s, Scotland’s), and whatever else is hidden in them. */
const TAGS = /(\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f})|[\u{e0000}-\u{e007f}]/gu;
/** C0, C1 and the separators of Unicode. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const CONTROLS_BUT_LINES = /[^\P{Cc}\n\t]/gu;
const JOINERS = /([\u200c\u200d])[\u200c\u200d]+/gu;
/** A mark without a letter would stand on whatever comes before. */
const EDGES = /^[\s\u200c\u200d\p{M}]+|[\s\u200c\u200d]+$/gu;
/** What one sees something of. Hangul’s fillers and the empty Braille cell are letters to Unicode and blanks to people. */
const SEEN = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u;

/**
 * A name or a title: one line in composed form (NFC), without what turns or hides a part of it; empty where nothing of it is
 * to be seen. Done twice it is the same as done once.
 */
export function plainName(text: string): string {
	const plain = text
		.replace(/\p{Cs}/gu, '')
		.replace(HIDING, '')
		.replace(TAGS, '$1')
		.replace(BREAKS, ' ')
		.replace(JOINERS, '$1')
		.normalize('NFC')
		.replace(PILED_MARKS, '$1')
		.replace(EDGES, '');
	return SEEN.test(plain) ? plain : '';
}

/**
 * Text of several lines as it was typed, without what neither database keeps as it is (NUL, halves of characters), without
 * other control characters and piles of marks. Lines end with `\n`, as they do on the page: forms send two signs for each
 * break, which would count twice and never equal what was typed. What turns the direction stays: it ends with its line, and
 * Arabic with digits in it may need it.
 */
export function plainLines(text: string): string {
	return text
		.replace(/\r\n?|[\u2028\u2029]/g, '\n')
		.replace(CONTROLS_BUT_LINES, '')
		.toWellFormed()
		.replace(PILED_MARKS, '$1')
		.trim();
}

/** Text without what turns the reading direction of what stands after it: for places that cannot isolate it. */
export function withoutTurning(text: string): string {
	return text.replace(TURNS, '');
}
