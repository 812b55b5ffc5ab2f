/** A piece of a chat message. Links only ever lead to http and https addresses. */
export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

/**
 * Where an address may start and what it may hold: no blanks, quotes or angle brackets, and none of the
 * invisible characters that turn the reading direction and so disguise where a link goes.
 */
const ADDRESS =
	/(?<![\p{L}\p{N}])https?:\/\/[^\s"<>\u0000-\u001f\u007f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/giu;

/** Splits text so that its web addresses can be shown as links. The texts of all parts, joined, are the input. */
export function linkify(text: string): TextPart[] {
	const parts: TextPart[] = [];
	let done = 0;
	for (const match of text.matchAll(ADDRESS)) {
		const address = withoutTrailingSigns(match[0]);
		const href = safeHref(address);
		if (href === null) continue;
		if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) });
		parts.push({ kind: 'link', text: address, href });
		done = match.index + address.length;
	}
	if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
	return parts;
}

const BRACKETS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Full stops and closing brackets after an address belong to the sentence, unless it opened the bracket itself. */
function withoutTrailingSigns(address: string): string {
	// Closing minus opening ones, counted once: a message may be 2,000 brackets.
	const surplus: Record<string, number> = {};
	for (const [close, open] of Object.entries(BRACKETS)) {
		surplus[close] = address.split(close).length - address.split(open).length;
	}
	let end = address.length;
	for (; end > 0; end -= 1) {
		const last = address.charAt(end - 1);
		const tooMany = surplus[last];
		if (tooMany === undefined ? !".,;:!?…'’”“*_".includes(last) : tooMany <= 0) break;
		if (tooMany !== undefined) surplus[last] = tooMany - 1;
	}
	return address.slice(0, end);
}

function safeHref(address: string): string | null {
	try {
		const url = new URL(address);
		// `https://bank.example@elsewhere.example` reads as the bank and leads elsewhere.
		if (url.username !== '' || url.password !== '') return null;
		return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
	} catch {
		return null;
	}
}
