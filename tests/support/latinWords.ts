import type { Page } from '@playwright/test';

/** Names of things that have no other: ours, of formats, units, zones and keys. */
const NAMES =
	/\b(PeerLearn|English|CSV|ZIP|PNG|JPEG|WebP|GIF|SVG|MB|kB|EUR|UTC|GMT|CES?T|Enter|Shift|Ctrl|Esc|Escape|Home|End|Delete|Page Up|Page Down|alt\+T|https?|STUN|TURN|UDP|TCP|Chrome|jitter|opus|VP[89]|AV1|H264|kbit\/s)\b|Europe\/Berlin|\S+@\S+|https?:\S+/g;

/** What a page shows or tells screen readers in Latin letters that nobody wrote. */
export function latinWords(page: Page): Promise<string[]> {
	return page.evaluate((names) => {
		const known = new RegExp(names, 'g');
		const found = new Set<string>([document.title]);
		const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT);
		for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
			const element = node as Element;
			// The drawing library has texts of its own, which nobody sees here; safety phrases are English for everybody.
			if (
				element.closest('script, style, noscript, .excalidraw, [hidden], :not(html)[lang="en"]') ||
				!element.checkVisibility()
			)
				continue;
			for (const child of element.childNodes)
				if (child.nodeType === Node.TEXT_NODE) found.add(child.textContent ?? '');
			for (const name of [
				'aria-label',
				'aria-description',
				'aria-roledescription',
				'title',
				'placeholder',
				'alt'
			])
				found.add(element.getAttribute(name) ?? '');
		}
		return [...found]
			.filter((text) => /[A-Za-z]{2}/.test(text.replace(known, '')))
			.map((text) => text.trim());
	}, NAMES.source);
}
