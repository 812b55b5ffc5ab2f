import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { lostForWords, lostInForcedColours, movingThings, sidewaysScroll, smallTargets } from './measures.ts';

declare global {
	interface Window {
		/** Once a page was looked at. */
		axe?: typeof axe;
	}
}

/**
 * Everything axe knows in the light scheme, of which the dark one differs by its colours only; and what axe does not see:
 * small targets, sideways scrolling, motion that was not wanted, what gets lost in forced colours, and missing words.
 */
export async function expectNoViolation(page: Page, where: string): Promise<void> {
	// Colours in the middle of a transition belong to no state.
	await page.evaluate(async () => {
		const passing = document.getAnimations().filter((animation) => {
			const { endTime } = animation.effect?.getComputedTiming() ?? {};
			return typeof endTime === 'number' && Number.isFinite(endTime);
		});
		await Promise.allSettled(passing.map((animation) => animation.finished));
	});
	const found = await violationsOn(page);
	for (const measure of [smallTargets, sidewaysScroll, movingThings, lostInForcedColours, lostForWords])
		found.push(...(await measure(page)).map((failure) => `${measure.name}: ${failure}`));
	expect(found, where).toEqual([]);
}

/** It stays in the page, and puts together no more than what is wrong: all else takes ten times as long as looking. */
async function violationsOn(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
	return page.evaluate(async () => {
		const dark = matchMedia('(prefers-color-scheme: dark)').matches;
		const { violations } = await window.axe!.run(document, {
			resultTypes: ['violations'],
			// Not the style sheets too: a rule that nobody asks for reads them, by writing styles the policy refuses.
			preload: { assets: ['media'] },
			runOnly: dark ? { type: 'rule', values: ['color-contrast'] } : undefined
		});
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
	});
}

/** The same of a page that is shown in the light scheme, and then of the same state in the dark one. */
export async function expectNoViolationInBoth(page: Page, where: string): Promise<void> {
	await expectNoViolation(page, where);
	await page.emulateMedia({ colorScheme: 'dark' });
	await expectNoViolation(page, `${where} (dark)`);
	await page.emulateMedia({ colorScheme: null });
}
