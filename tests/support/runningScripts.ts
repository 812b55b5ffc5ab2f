import { expect, type BrowserContext, type Page } from '@playwright/test';

/**
 * From now on `goto` and `reload` of all pages of a window take until the scripts of ours run there: what is pressed before
 * that does nothing, and a browser on a busy machine shows a page long before. To the browser this look is a press as well,
 * so that it plays sound however soon there is some. Who asks for less with `waitUntil` waits for nothing here.
 */
export function awaitScripts(context: BrowserContext): void {
	context.on('page', (page) => {
		const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
		page.goto = async (url, options) => {
			const answer = await goto(url, options);
			if (!options?.waitUntil) await scriptsRun(page);
			return answer;
		};
		page.reload = async (options) => {
			const answer = await reload(options);
			if (!options?.waitUntil) await scriptsRun(page);
			return answer;
		};
	});
}

/** At once on pages that are not ours, which have none. */
async function scriptsRun(page: Page): Promise<void> {
	// Who is led on to another page meanwhile is asked again there.
	await expect(() =>
		page.evaluate(
			() =>
				new Promise<void>((done) => {
					const look = () => {
						// The last that SvelteKit does when it starts.
						const isRunning = history.scrollRestoration === 'manual';
						if (isRunning || !document.querySelector('[data-sveltekit-preload-data]')) done();
						else setTimeout(look, 10);
					};
					look();
				})
		)
	).toPass({ intervals: [100], timeout: 30_000 });
}
