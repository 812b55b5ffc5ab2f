import type { Page } from '@playwright/test';

declare global {
	interface Window {
		/** Every try to open our own socket, and every success, ms since the epoch. */
		socketLog: { tried: number[]; opened: number[] };
	}
}

/** Before the page is opened: it notes each try to open the socket of the app. */
export async function logSockets(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const log: Window['socketLog'] = (window.socketLog = { tried: [], opened: [] });
		window.WebSocket = class extends WebSocket {
			constructor(url: string | URL, protocols?: string | string[]) {
				super(url, protocols);
				if (!new URL(url, location.href).pathname.endsWith('/trpc')) return;
				log.tried.push(Date.now());
				this.addEventListener('open', () => log.opened.push(Date.now()));
			}
		};
	});
}

/** How long after `instant` (ms since the epoch) the socket was open again, ms; null while it is not. */
export function openedAfter(page: Page, instant: number): Promise<number | null> {
	return page.evaluate((from) => {
		const at = window.socketLog.opened.find((time) => time >= from);
		return at === undefined ? null : at - from;
	}, instant);
}

/** How many tries were made between two instants, ms since the epoch. */
export function triesBetween(page: Page, from: number, to: number): Promise<number> {
	return page.evaluate(
		([start, end]) => window.socketLog.tried.filter((time) => time >= start && time <= end).length,
		[from, to] as const
	);
}
