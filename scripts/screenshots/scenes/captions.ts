import { installFakeSpeech, say } from '../../../tests/support/fakeSpeech.ts';
import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { openWindow } from '../gestures.ts';
import { area } from '../scene.ts';

interface Pair {
	mentor: RoomPage;
	learner: RoomPage;
}

/** Live captions, from the question to the lines. */
export const CAPTIONS = area<Pair>({
	name: 'captions',
	title: 'Captions',
	async open(studio) {
		const [mentor, learner] = await studio.call(await studio.lesson(), { script: installFakeSpeech });
		return { mentor: mentor!, learner: learner! };
	},
	scenes: [
		{
			name: 'captions-window',
			words: 'Somebody asks for captions',
			async show({ learner: { page } }) {
				await openWindow(page, 'Turn on captions');
				const window = page.getByRole('dialog', { name: 'Captions' });
				await window.getByRole('switch', { name: 'Show captions to me' }).check();
				await window.getByText('Maya Okafor has not answered yet').waitFor();
				return page;
			},
			after: ({ learner }) =>
				learner.page.getByRole('dialog', { name: 'Captions' }).getByRole('button', { name: 'Done' }).click()
		},
		{
			name: 'captions-question',
			words: 'The other one is asked',
			async show({ mentor: { page } }) {
				await page.getByRole('region', { name: 'Question about captions' }).waitFor();
				return page;
			}
		},
		{
			name: 'captions',
			words: 'What is said, as text',
			async show({ mentor, learner }) {
				await mentor.button('Take part').click();
				await mentor.page.waitForFunction(() => window.speech!.listening > 0);
				await say(mentor.page, 'At the very top the slope is zero.', true);
				await say(mentor.page, 'So we look for the x where the derivative vanishes, and', false);
				await learner.page.getByText('the derivative vanishes').first().waitFor();
				return learner.page;
			}
		},
		{
			name: 'captions-given',
			words: 'Whoever is captioned sees that they are',
			async show({ mentor }) {
				await mentor.button('Stop captioning what I say').waitFor();
				return mentor.page;
			}
		}
	]
});
