import { expect, type Page } from '@playwright/test';

declare global {
	interface Window {
		/** What the page has shown in toasts and said to screen readers, oldest first, and nobody has asked about yet. */
		noticeLog: { toasts: string[]; spoken: string[] };
	}
}

/**
 * Runs in the page before its own scripts. Toasts and sentences go by themselves after a few seconds, and others take
 * their place: a test that looks at something else meanwhile would miss them on a busy machine.
 */
export function logNotices(): void {
	const log: Window['noticeLog'] = (window.noticeLog = { toasts: [], spoken: [] });
	const words = (node: Node | null) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
	const note = (into: string[], text: string) => {
		if (text !== '') into.push(text);
	};
	new MutationObserver((changes) => {
		for (const { target, addedNodes } of changes) {
			const at = target instanceof Element ? target : target.parentElement;
			const announcer = at?.closest('[data-announcer]');
			for (const node of addedNodes) {
				if (announcer) note(log.spoken, words(node));
				if (!(node instanceof Element)) continue;
				for (const toast of [node, ...node.querySelectorAll('[data-toast]')])
					if (toast.matches('[data-toast]') && toast.checkVisibility()) note(log.toasts, words(toast));
			}
			// One sentence that takes the place of another.
			if (announcer && target.nodeType === Node.TEXT_NODE) note(log.spoken, words(target));
		}
	}).observe(document, { subtree: true, childList: true, characterData: true });
}

function take(page: Page, from: keyof Window['noticeLog'], wanted: string | RegExp): Promise<string[]> {
	const [source, flags] =
		wanted instanceof RegExp ? [wanted.source, wanted.flags] : [RegExp.escape(wanted), ''];
	return page.evaluate(
		([from, source, flags]) => {
			const log = window.noticeLog[from];
			const all = log.filter((text) => new RegExp(source, flags).test(text));
			window.noticeLog[from] = log.filter((text) => !all.includes(text));
			return all.length > 0 ? ['said'] : log;
		},
		[from, source, flags] as const
	);
}

/** This page has shown a toast with these words, or does so soon. Each is asked about once. */
export async function expectToast(page: Page, text: string | RegExp): Promise<void> {
	await expect.poll(() => take(page, 'toasts', text), { message: `toast “${text}”` }).toEqual(['said']);
}

/** This page has said these words to screen readers, or does so soon. Each is asked about once. */
export async function expectSaid(page: Page, text: string | RegExp): Promise<void> {
	await expect.poll(() => take(page, 'spoken', text), { message: `said “${text}”` }).toEqual(['said']);
}
