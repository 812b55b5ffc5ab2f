import { expect, test as faultTest, type FreezableBrowser } from './faultTest.ts';
import { firstFrameAfter, logFrames } from './frameLog.ts';
import { expectToSeeAndHear, readFlow } from './mediaProbe.ts';
import type { RoomPage } from './roomPage.ts';
import { measured } from './rounds.ts';
import type { Lesson, World } from './world.ts';

export { expect } from '@playwright/test';

/** Mentor and learner in a call, each at a machine of their own; the pictures of both are logged. */
export interface Call {
	lesson: Lesson;
	mentor: RoomPage;
	learner: RoomPage;
	/** Each with the one whom they see. */
	sides: readonly (readonly [RoomPage, RoomPage])[];
	browsers: readonly [FreezableBrowser, FreezableBrowser];
}

interface CallFixtures {
	/** Calls go through a TURN server only, as between networks that let nothing else through. */
	relayOnly: boolean;
	cameraSize: { width: number; height: number } | undefined;
	call: Call;
	/** Notes what was measured, ms. */
	figure(name: string, ...values: number[]): void;
}

export const test = faultTest.extend<CallFixtures>({
	relayOnly: [false, { option: true }],
	cameraSize: [undefined, { option: true }],

	call: async ({ world, open, launchFreezable, relayOnly, cameraSize }, use) => {
		const lesson = await world.classroom();
		const browsers = await Promise.all([launchFreezable('one'), launchFreezable('two')]);
		// A socket that is lost on purpose is an error to the console.
		const options = { expectErrors: /WebSocket|ERR_/, relayOnly, cameraSize };
		const mentor = await open(lesson.mentor, { browser: browsers[0].browser, ...options });
		const learner = await open(lesson.learners[0]!, { browser: browsers[1].browser, ...options });
		await Promise.all(
			[mentor, learner].map(async (page) => {
				await page.goTo(lesson);
				await page.turnOnDevices();
			})
		);
		await mentor.button('Start session').click();
		const sides = [
			[mentor, learner],
			[learner, mentor]
		] as const;
		await Promise.all(
			sides.map(async ([page, other]) => {
				await page.inCall();
				await expectToSeeAndHear(page.page);
				await logFrames(page.page, `Video of ${other.person.name}`);
			})
		);
		await use({ lesson, mentor, learner, sides, browsers });
	},

	figure: async ({}, use, info) => {
		const all = new Map<string, number[]>();
		await use((name, ...values) => {
			all.set(name, [...(all.get(name) ?? []), ...values]);
			info.annotations.push({ type: name, description: `${values.map(Math.round).join(' ')} ms` });
			process.stdout.write(`    ${name}: ${values.map(Math.round).join(' ')} ms\n`);
		});
		for (const [name, values] of all) measured(name, 'ms', values, '');
	}
});

/** Milliseconds from `instant` to the next picture on each page. */
export function seenAgain(pages: readonly RoomPage[], instant: number): Promise<number[]> {
	return Promise.all(
		pages.map(async ({ page }) => {
			await expect.poll(() => firstFrameAfter(page, instant), { timeout: 30_000 }).not.toBeNull();
			return (await firstFrameAfter(page, instant)) ?? Infinity;
		})
	);
}

/** Nobody is said to be in trouble, and exactly one connection is up and carries sound and pictures. */
export async function expectOneGoodCall(pages: readonly RoomPage[]): Promise<void> {
	await Promise.all(
		pages.map(async ({ page }) => {
			await expect(page.getByText(/is reconnecting|retrying media/)).toHaveCount(0, { timeout: 30_000 });
			await expect.poll(async () => (await readFlow(page)).calls).toBe(1);
			await expectToSeeAndHear(page);
		})
	);
}

/** All pages hold the messages that the database holds, in the same order. */
export async function expectSameLog(world: World, lesson: Lesson, pages: readonly RoomPage[]): Promise<void> {
	const stored = async () =>
		(await world.log(lesson)).flatMap(({ type, payload }) =>
			type === 'chat.message' ? [(payload as { text: string }).text] : []
		);
	await expect(async () => {
		const wanted = (await stored()).map((text) => `sent: ${text}`);
		for (const { page } of pages) {
			const chat = await page.evaluate(() => window.__peerlearnRoom?.view().chat ?? []);
			expect(chat.map(({ text, state }) => `${state}: ${text}`)).toEqual(wanted);
		}
	}).toPass({ intervals: [100], timeout: 30_000 });
}
