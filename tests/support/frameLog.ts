import type { Page } from '@playwright/test';

declare global {
	interface Window {
		/** When each new picture was shown, ms since the epoch. */
		shownAt?: number[];
		/** When sentences were first shown, ms since the epoch. */
		saidAt?: Record<string, number>;
	}
}

/** From now on notes when the video with this name shows a new picture: also the one made after its person was gone. */
export async function logFrames(page: Page, label: string | RegExp): Promise<void> {
	await page.getByLabel(label, { exact: true }).waitFor();
	const name = label instanceof RegExp ? label.source : `^${RegExp.escape(label)}$`;
	await page.evaluate((wanted) => {
		const shownAt: number[] = (window.shownAt = []);
		const logged = new WeakSet<HTMLVideoElement>();
		const look = () => {
			for (const video of document.querySelectorAll('video')) {
				if (!new RegExp(wanted).test(video.ariaLabel ?? '') || logged.has(video)) continue;
				logged.add(video);
				const next = () => {
					shownAt.push(Date.now());
					video.requestVideoFrameCallback(next);
				};
				video.requestVideoFrameCallback(next);
			}
		};
		look();
		new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
	}, name);
}

/** How long after `instant` (ms since the epoch) the first new picture was shown, ms; null while there is none. */
export function firstFrameAfter(page: Page, instant: number): Promise<number | null> {
	return page.evaluate((from) => {
		const at = window.shownAt?.find((time) => time > from);
		return at === undefined ? null : at - from;
	}, instant);
}

/** The longest time without a new picture between two instants, ms. */
export function longestGap(page: Page, from: number, to: number): Promise<number> {
	return page.evaluate(
		([start, end]) => {
			const inside = (window.shownAt ?? []).filter((time) => time >= start && time <= end);
			const times = [start, ...inside, end];
			return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
		},
		[from, to] as const
	);
}

/** From now on notes when the page first shows each sentence, as text in any element. */
export async function logWords(page: Page, sentences: readonly string[]): Promise<void> {
	await page.evaluate((wanted) => {
		const saidAt: Record<string, number> = (window.saidAt = {});
		const look = () => {
			const text = document.body.innerText;
			for (const sentence of wanted) if (text.includes(sentence)) saidAt[sentence] ??= Date.now();
		};
		new MutationObserver(look).observe(document.body, {
			subtree: true,
			childList: true,
			characterData: true
		});
	}, sentences);
}

/** How long after `instant` the sentence was first shown, ms. Waits for it. */
export async function saidAfter(page: Page, sentence: string, instant: number): Promise<number> {
	const said = await page.waitForFunction((wanted) => window.saidAt?.[wanted], sentence, { timeout: 30_000 });
	return (await said.evaluate((at) => Number(at))) - instant;
}
