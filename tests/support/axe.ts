import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Pages that axe has read. */
const read = new WeakSet<Page>();

/**
 * Whether a page says this on its console only because axe read it: nothing else runs in it meanwhile, so that the server
 * may take its socket for lost before it has answered.
 */
export function saidBecauseOfAxe(page: Page, text: string): boolean {
	return read.has(page) && /CLOSING or CLOSED/.test(text);
}

/** Everything axe knows in the light scheme; the dark one differs by its colours only. */
export async function expectNoViolation(page: Page, where: string): Promise<void> {
	read.add(page);
	// Colours in the middle of a transition belong to no state.
	await page.evaluate(async () => {
		const passing = document.getAnimations().filter((animation) => {
			const { endTime } = animation.effect?.getComputedTiming() ?? {};
			return typeof endTime === 'number' && Number.isFinite(endTime);
		});
		await Promise.allSettled(passing.map((animation) => animation.finished));
	});
	const axe = new AxeBuilder({ page });
	const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
	const { violations } = await (dark ? axe.withRules(['color-contrast']) : axe).analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
	expect(found, where).toEqual([]);
}
