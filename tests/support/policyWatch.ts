import type { BrowserContext } from '@playwright/test';

const AGAINST = 'Against the policy of the page: ';

/**
 * Tells what the pages' policy refuses (spec S5), in every page and frame of a context, also in those that a page opens by itself.
 * Workers are no exception: the policy has none. To be called before the first page is opened.
 */
export async function watchPolicy(context: BrowserContext, tell: (refused: string) => void): Promise<void> {
	await context.addInitScript(sayRefusals, AGAINST);
	context.on('console', (message) => {
		if (message.text().startsWith(AGAINST)) tell(`${message.text()} (${message.page()?.url()})`);
	});
}

/** Runs in the page before its own scripts. */
function sayRefusals(against: string): void {
	addEventListener('securitypolicyviolation', (refusal) => {
		const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = refusal;
		console.warn(`${against}${effectiveDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`);
	});
}
