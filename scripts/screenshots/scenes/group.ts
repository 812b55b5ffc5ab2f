import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { drawOnBoard, fitBoard } from '../drawing.ts';
import { openWindow, speak } from '../gestures.ts';
import { area } from '../scene.ts';

interface Group {
	mentor: RoomPage;
	learners: RoomPage[];
}

const NAMES = ['Maya Okafor', 'Liam Chen', 'Aisha Rahman', 'Omar Haddad'];

/** A mentor and three learners. */
export const GROUP = area<Group>({
	name: 'group',
	title: 'Four people',
	async open(studio) {
		const [mentor, ...learners] = await studio.call(await studio.lesson(NAMES));
		return { mentor: mentor!, learners };
	},
	scenes: [
		{
			name: 'group-four',
			words: 'A mentor and three learners',
			async show({ mentor }) {
				return mentor.page;
			}
		},
		{
			name: 'group-hands',
			words: 'Two hands are up, one camera is off',
			async show({ mentor, learners: [liam, aisha, omar] }) {
				await omar!.control('Raise hand').click();
				await mentor.lineOf(omar!.person).getByText('Hand raised').waitFor();
				await liam!.control('Raise hand').click();
				await mentor.lineOf(liam!.person).getByText('Hand raised').waitFor();
				await aisha!.control('Turn camera off').click();
				await mentor.page.getByRole('main').getByText('Camera off').waitFor();
				return mentor.page;
			},
			async after({ learners: [liam, aisha, omar] }) {
				for (const { control } of [liam!, omar!]) await control('Lower hand').click();
				await aisha!.control('Turn camera on').click();
			}
		},
		{
			name: 'group-pinned',
			words: 'One of them is pinned',
			async show({ mentor: { page } }) {
				await page.getByRole('button', { name: 'Pin Aisha Rahman' }).focus();
				await page.keyboard.press('Enter');
				await page.locator('[data-place="main"]').getByLabel('Video of Aisha Rahman').waitFor();
				return page;
			},
			after: ({ mentor }) => mentor.button('Unpin Aisha Rahman').click()
		},
		{
			name: 'group-spotlight',
			words: 'Spotlight: whoever speaks is large',
			async show({ mentor, learners: [liam] }) {
				await speak(liam!.page);
				await arrange(mentor, 'Spotlight');
				await mentor.page.locator('[data-place="main"]').getByLabel('Video of Liam Chen').waitFor();
				return mentor.page;
			},
			async after({ mentor, learners: [liam] }) {
				await speak(liam!.page, false);
				await arrange(mentor, 'Automatic');
			}
		},
		{
			name: 'group-turned',
			words: 'Four people on a phone on its side',
			sizes: ['turned'],
			async show({ mentor }) {
				return mentor.page;
			}
		},
		{
			name: 'group-shared-screen',
			words: 'A shared screen with everybody beside it',
			async show({ mentor, learners: [liam] }) {
				await mentor.control('Share screen').click();
				await liam!.page.waitForFunction(
					() => [...document.querySelectorAll('video')].some((video) => video.videoWidth >= 1280),
					undefined,
					{ timeout: 40_000 }
				);
				return liam!.page;
			},
			after: ({ mentor }) => mentor.control('Stop sharing').click()
		},
		{
			name: 'group-board',
			words: 'The whiteboard with everybody beside it',
			async show({ mentor }) {
				await drawOnBoard(mentor);
				return mentor.page;
			},
			again: (page) => fitBoard(page, 'out')
		}
	]
});

async function arrange({ page }: RoomPage, name: 'Automatic' | 'Spotlight'): Promise<void> {
	await openWindow(page, /^Layout/);
	await page.getByRole('radio', { name }).check({ force: true });
	await page.keyboard.press('Escape');
}
