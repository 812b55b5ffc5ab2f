import type { Page } from '@playwright/test';
import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { drawOnBoard } from '../drawing.ts';
import { openWindow, speak } from '../gestures.ts';
import { area, type Scene } from '../scene.ts';
import { SIZES } from '../shutter.ts';

interface Pair {
	mentor: RoomPage;
	learner: RoomPage;
	small: Page | null;
}

const TURNED = ['turned'] as const;

/** The same on a phone on its side. */
function turned(name: string, words: string, show: Scene<Pair>['show']): Scene<Pair> {
	return { name: `turned-${name}`, words: `${words}, on a phone on its side`, sizes: TURNED, show };
}

/** Speaking, small windows, and phones on their side. */
export const IN_HAND = area<Pair>({
	name: 'hand',
	title: 'In the hand',
	async open(studio) {
		const [mentor, learner] = await studio.call(await studio.lesson());
		return { mentor: mentor!, learner: learner!, small: null };
	},
	scenes: [
		{
			name: 'room-speaking',
			words: 'The other one speaks',
			async show({ mentor, learner }) {
				await speak(mentor.page);
				await learner.lineOf(mentor.person).getByText('speaking').waitFor();
				return learner.page;
			},
			after: ({ mentor }) => speak(mentor.page, false)
		},
		{
			name: 'room-muted-hint',
			words: 'One speaks and is muted',
			async show({ learner }) {
				await learner.control('Mute microphone').click();
				await speak(learner.page);
				await learner.button('Unmute').waitFor();
				return learner.page;
			},
			again: (page) => page.getByRole('button', { name: 'Unmute', exact: true }).waitFor()
		},
		{
			name: 'room-push-to-talk',
			words: 'Muted, and talking while a key is held',
			async show({ learner: { page } }) {
				await page.evaluate(() => (document.activeElement as HTMLElement).blur());
				await page.keyboard.down('Space');
				await page.locator('[data-talking]').waitFor();
				return page;
			},
			async after({ learner }) {
				await learner.page.keyboard.up('Space');
				await speak(learner.page, false);
				await learner.control('Unmute microphone').click();
			}
		},
		{
			name: 'room-reaction',
			words: 'Somebody claps',
			async show({ mentor, learner }) {
				// It does not rise then, which no picture can show.
				await mentor.page.emulateMedia({ reducedMotion: 'reduce' });
				await clap(learner);
				await mentor.page.locator('[data-reactions]').waitFor();
				return mentor.page;
			},
			after: ({ mentor }) => mentor.page.emulateMedia({ reducedMotion: null })
		},
		{
			name: 'room-pip',
			words: 'Picture-in-picture: a small window above everything else',
			sizes: ['small'],
			async show(stage) {
				const { page } = stage.mentor;
				const opened = page.context().waitForEvent('page');
				await openWindow(page, /^Picture-in-picture/);
				stage.small = await opened;
				await stage.small.getByLabel(`Video of ${stage.learner.person.name}`).waitFor();
				return stage.small;
			},
			async after({ mentor, small }) {
				await small?.close();
				await mentor.page.bringToFront();
			}
		},
		{
			name: 'room-full-screen',
			words: 'Full screen',
			sizes: ['desktop'],
			async show({ mentor: { page } }) {
				await openWindow(page, 'Full screen');
				await page.locator('.room.full').waitFor();
				return page;
			},
			after: ({ mentor }) => openWindow(mentor.page, 'Leave full screen')
		},
		turned('room', 'Two people', async ({ mentor }) => mentor.page),
		turned('chat', 'The chat', async ({ mentor }) => {
			await mentor.control('Open chat').click();
			await mentor.say('So the derivative is the slope of this line.');
			return mentor.page;
		}),
		turned('board', 'The whiteboard', async ({ mentor }) => {
			await mentor.control('Close chat').click();
			await mentor.page.setViewportSize({ width: SIZES.turned.width, height: SIZES.turned.height });
			await drawOnBoard(mentor);
			return mentor.page;
		}),
		turned('shared-screen', 'Somebody else’s screen', async ({ mentor, learner }) => {
			await mentor.control('Close whiteboard').click();
			await mentor.control('Share screen').click();
			await learner.page.waitForFunction(
				() => [...document.querySelectorAll('video')].some((video) => video.videoWidth >= 1280),
				undefined,
				{ timeout: 40_000 }
			);
			return learner.page;
		})
	]
});

async function clap({ control, page }: RoomPage): Promise<void> {
	await control('Reactions').click();
	await page.getByRole('menuitem', { name: 'Clapping' }).click();
}
