import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { drawOnBoard, fitBoard } from '../drawing.ts';
import { hidePeople, openWindow, setLine, showPeople } from '../gestures.ts';
import { area, type Scene } from '../scene.ts';

interface Pair {
	mentor: RoomPage;
	learner: RoomPage;
}

const CHAT: [who: keyof Pair, text: string][] = [
	['mentor', 'So the derivative is the slope of this line. What happens at the very top?'],
	['learner', 'It is flat there, so… zero?'],
	['mentor', 'Exactly. That is how we find maxima. The exercise: https://example.org/maxima'],
	['learner', 'Great, I will try the first one now!']
];

/** What stands over the room until somebody closes it. */
function menuScene(
	name: string,
	words: string,
	open: (room: RoomPage) => Promise<void>,
	close: (room: RoomPage) => Promise<void> = async ({ page }) => page.keyboard.press('Escape')
): Scene<Pair> {
	let shown: RoomPage;
	return {
		name,
		words,
		async show({ mentor }) {
			shown = mentor;
			return mentor.page;
		},
		again: () => open(shown),
		after: () => close(shown)
	};
}

/** A window that an entry of “More options” opens; both have the same name. */
function windowScene(name: string, title: string): Scene<Pair> {
	return {
		name,
		words: title,
		async show({ mentor: { page } }) {
			await openWindow(page, new RegExp(`^${title}`));
			await page.getByRole('dialog', { name: title }).waitFor();
			await page.getByText('Looking…').first().waitFor({ state: 'detached' });
			return page;
		},
		after: ({ mentor }) => mentor.page.keyboard.press('Escape')
	};
}

/** What two people do together, and what they can open. */
export const TOGETHER = area<Pair>({
	name: 'together',
	title: 'Doing something together',
	async open(studio) {
		const [mentor, learner] = await studio.call(await studio.lesson());
		return { mentor: mentor!, learner: learner! };
	},
	scenes: [
		{
			name: 'room-people',
			words: 'The people (a pane of its own on phones)',
			async show({ mentor }) {
				return mentor.page;
			},
			again: showPeople,
			after: ({ mentor }) => hidePeople(mentor.page)
		},
		{
			name: 'room-chat-empty',
			words: 'The chat, before anybody wrote',
			async show({ mentor }) {
				await mentor.control('Open chat').click();
				await mentor.chat.waitFor();
				return mentor.page;
			},
			after: ({ mentor }) => mentor.control('Close chat').click()
		},
		{
			name: 'room-chat',
			words: 'The chat is open',
			async show(pair) {
				for (const { control } of Object.values(pair) as RoomPage[]) await control('Open chat').click();
				for (const [who, text] of CHAT) {
					await pair[who].say(text);
					await pair.mentor.chat.getByText(text.slice(0, 20)).waitFor();
					await pair.learner.chat.getByText(text.slice(0, 20)).waitFor();
				}
				return pair.mentor.page;
			},
			after: ({ mentor }) => mentor.control('Close chat').click()
		},
		{
			name: 'room-unread',
			words: 'A message that was not read yet',
			async show({ mentor, learner }) {
				await learner.say('I get x = 2 as the top. Is that right?');
				await mentor.page.getByText('1 unread').first().waitFor({ state: 'attached' });
				return mentor.page;
			},
			async after({ mentor, learner }) {
				await mentor.control('Open chat').click();
				await mentor.control('Close chat').click();
				await learner.control('Close chat').click();
			}
		},
		{
			name: 'room-board',
			words: 'The whiteboard is open',
			async show({ mentor }) {
				await drawOnBoard(mentor);
				return mentor.page;
			},
			again: (page) => fitBoard(page, 'out'),
			after: ({ mentor }) => fitBoard(mentor.page, 'in')
		},
		{
			name: 'room-board-objects',
			words: 'The whiteboard in words',
			async show({ mentor: { page } }) {
				await page.getByRole('button', { name: 'Objects', exact: true }).click();
				await page.getByRole('region', { name: 'Objects' }).waitFor();
				return page;
			},
			async after({ mentor }) {
				await mentor.page.getByRole('button', { name: 'Objects', exact: true }).click();
				await mentor.control('Close whiteboard').click();
			}
		},
		{
			name: 'room-sharing',
			words: 'One shares one’s own screen',
			async show({ mentor, learner }) {
				await mentor.control('Share screen').click();
				await mentor.control('Stop sharing').waitFor();
				await sharp(learner);
				return mentor.page;
			}
		},
		{
			name: 'room-shared-screen',
			words: 'Somebody else’s screen',
			async show({ learner }) {
				return learner.page;
			}
		},
		{
			name: 'room-pointing',
			words: 'Drawing on it, in ink that fades',
			async show({ learner: { page } }) {
				const pen = page.getByRole('button', { name: 'Pen that fades', exact: true });
				await pen.click();
				return page;
			},
			async again(page) {
				const area = (await page.getByRole('application').boundingBox())!;
				const at = (x: number, y: number) => [area.x + x * area.width, area.y + y * area.height] as const;
				await page.mouse.move(...at(0.64, 0.3));
				await page.mouse.down();
				for (let nth = 0; nth <= 24; nth += 1) {
					const turn = (nth / 24) * 2 * Math.PI;
					await page.mouse.move(...at(0.758 - 0.055 * Math.cos(turn), 0.268 - 0.08 * Math.sin(turn)));
				}
				await page.mouse.up();
			},
			after: ({ mentor }) => mentor.control('Stop sharing').click()
		},
		menuScene('room-more', '“More options”', async ({ control, page }) => {
			const menu = page.getByRole('menu', { name: 'More options' });
			if (!(await menu.isVisible())) await control('More options').click();
		}),
		menuScene('room-extend', 'The mentor adds time', async ({ page }) => {
			const menu = page.getByRole('menu', { name: 'Extend the session by' });
			if (!(await menu.isVisible())) await page.getByRole('button', { name: 'Add time' }).click();
		}),
		menuScene('room-reactions', 'Reactions', async ({ control, page }) => {
			const menu = page.getByRole('menu', { name: 'Reactions' });
			if (await menu.isVisible()) return;
			// Narrow controls have no room for it.
			if (await control('Reactions').isVisible()) await control('Reactions').click();
			else await openWindow(page, 'Reactions');
		}),
		windowScene('room-details', 'Connection details'),
		{
			name: 'room-relayed',
			words: 'Relayed: a sign on the picture, and words in the details',
			async show({ mentor }) {
				await setLine(mentor.page, 'relayed');
				await mentor.lineOf({ name: 'Liam Chen' }).getByText('Relayed').waitFor();
				return mentor.page;
			},
			after: ({ mentor }) => setLine(mentor.page, null)
		},
		windowScene('room-devices', 'Devices'),
		windowScene('room-layout', 'Layout'),
		windowScene('room-shortcuts', 'Keyboard shortcuts'),
		{
			name: 'room-end-question',
			words: 'Before it ends for everyone',
			async show({ mentor }) {
				await mentor.control('End session').click();
				await mentor.page.getByRole('alertdialog').waitFor();
				return mentor.page;
			},
			after: ({ mentor }) => mentor.button('Cancel').click()
		}
	]
});

/** The shared screen arrives in its full size. */
async function sharp({ page }: RoomPage): Promise<void> {
	await page.waitForFunction(
		() => [...document.querySelectorAll('video')].some((video) => video.videoWidth >= 1280),
		undefined,
		{ timeout: 40_000 }
	);
}
