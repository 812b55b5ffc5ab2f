import type { Page } from '@playwright/test';
import { speak } from '../gestures.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Desk {
	studio: Studio;
	learner: Page;
}

/** “Test my setup”, days before a lesson. */
export const SETUP = area<Desk>({
	name: 'setup',
	title: 'Test my setup',
	async open(studio) {
		return { studio, learner: await studio.open(await studio.sample('liam')) };
	},
	scenes: [
		{
			name: 'setup-before',
			words: 'Before anything is turned on',
			whole: true,
			async show({ learner }) {
				await learner.goto('/setup');
				await learner.getByText('Your connection is ready for a lesson.').waitFor();
				return learner;
			}
		},
		{
			name: 'setup-good',
			words: 'Everything works',
			whole: true,
			async show({ learner }) {
				await speak(learner);
				await turnOn(learner);
				await learner.getByText('Everything works. You are ready for your lesson.').waitFor();
				return learner;
			}
		},
		{
			name: 'setup-checking',
			words: 'The connection is being checked',
			whole: true,
			async show({ studio }) {
				const page = await studio.open(await studio.sample('liam'));
				// Never answers.
				await page.routeWebSocket(/\/peerjs/, () => undefined);
				await page.goto('/setup');
				await page.getByText('Trying…').first().waitFor();
				return page;
			},
			async again(page) {
				const check = page.getByRole('button', { name: 'Check again' });
				if (!(await page.getByText('Trying…').first().isVisible())) await check.click();
			}
		},
		{
			name: 'setup-failed',
			words: 'Calls cannot be set up from here',
			whole: true,
			async show({ studio }) {
				// Somebody else: nobody may check as often as pictures are taken.
				const page = await studio.open(await studio.sample('omar'));
				await page.routeWebSocket(/\/peerjs/, (socket) => socket.close());
				await page.goto('/setup');
				await page.getByText('Something is in the way of a lesson.').waitFor();
				return page;
			}
		},
		{
			name: 'setup-refused',
			words: 'Camera and microphone were refused',
			whole: true,
			async show({ studio }) {
				const page = await studio.open(await studio.sample('aisha'), { failure: 'NotAllowedError' });
				await page.goto('/setup');
				await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
				await page.getByRole('region', { name: /unavailable/ }).waitFor();
				return page;
			}
		}
	]
});

async function turnOn(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
	await page.waitForFunction(() => document.querySelector('video')!.videoWidth > 0);
}
