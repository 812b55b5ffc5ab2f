import type { Locator, Page } from '@playwright/test';
import type { Line } from './pageLine.ts';

/** From now on whoever is in this window speaks, or is silent. */
export async function speak(page: Page, speaks = true): Promise<void> {
	await page.evaluate((on) => void document.documentElement.toggleAttribute('data-speaks', on), speaks);
}

/** How the line of this window is from now on; null is a good one. Its calls break off where it is lost. */
export async function setLine(page: Page, line: Line | null): Promise<void> {
	await page.evaluate((next) => {
		if (next === null) delete document.documentElement.dataset.line;
		else document.documentElement.dataset.line = next;
		if (next === 'lost') for (const connection of window.mediaProbe.connections) connection.close();
	}, line);
}

/** Narrow windows show the people on a press. */
export async function showPeople(page: Page): Promise<void> {
	const toggle = page.getByRole('banner').getByRole('button', { name: /in the room/ });
	const hide = page.getByRole('button', { name: 'Hide people' });
	if (page.viewportSize()!.width < 1024 && !(await hide.isVisible())) await toggle.click();
}

export async function hidePeople(page: Page): Promise<void> {
	await page.setViewportSize({ width: 390, height: 844 });
	const hide = page.getByRole('button', { name: 'Hide people' });
	if (await hide.isVisible()) await hide.click();
	await page.setViewportSize({ width: 1440, height: 900 });
}

/** Opens a window by its entry in “More options”. */
export async function openWindow(page: Page, entry: string | RegExp): Promise<void> {
	await page.getByRole('toolbar').getByRole('button', { name: 'More options' }).click();
	await page.getByRole('menuitem', { name: entry }).click();
}

/** Toasts stay as long as somebody points at them. */
export async function holdToasts(page: Page): Promise<void> {
	await page.locator('[data-toaster]').dispatchEvent('pointerenter');
}
export async function releaseToasts(page: Page): Promise<void> {
	const all = page.locator('[data-toaster]');
	if (await all.isVisible()) await all.dispatchEvent('pointerleave');
}

/** What was just said in a toast. */
export function toast(page: Page, text: string | RegExp): Locator {
	return page.locator('[data-toast]').filter({ hasText: text });
}
