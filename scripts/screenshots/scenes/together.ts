import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { whiteboardOf } from '../../../tests/support/whiteboard.ts';
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

/** A parabola between its axes, and a mark at its top; fractions of the drawing area. */
const DRAWING: [number, number][][] = [
	[
		[0.2, 0.8],
		[0.82, 0.8]
	],
	[
		[0.26, 0.86],
		[0.26, 0.18]
	],
	Array.from({ length: 25 }, (_, nth): [number, number] => {
		const x = (nth - 12) / 12;
		return [0.52 + x * 0.2, 0.28 + x * x * 0.48];
	}),
	[
		[0.42, 0.26],
		[0.62, 0.26]
	]
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
			async again(page) {
				const toggle = page.getByRole('banner').getByRole('button', { name: /in the room/ });
				if (await toggle.isVisible())
					if (!(await page.getByRole('button', { name: 'Hide people' }).isVisible())) await toggle.click();
			},
			async after({ mentor: { page } }) {
				await page.setViewportSize({ width: 390, height: 844 });
				const hide = page.getByRole('button', { name: 'Hide people' });
				if (await hide.isVisible()) await hide.click();
				await page.setViewportSize({ width: 1440, height: 900 });
			}
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
				const board = whiteboardOf(mentor);
				await board.open();
				await board.tool('Pen');
				for (const line of DRAWING) await board.stroke(line);
				await board.saved();
				await mentor.page.mouse.move(5, 5);
				return mentor.page;
			}
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
			if ((await page.getByRole('menu').count()) === 0 || !(await page.getByRole('menu').first().isVisible()))
				await control('More options').click();
		}),
		menuScene('room-extend', 'More time', async ({ page }) => {
			const extend = page.getByRole('banner').getByRole('button', { name: /more time|Extend|left/i });
			if (!(await page.getByRole('menu', { name: /./ }).last().isVisible())) await extend.first().click();
		}),
		{
			name: 'room-details',
			words: 'Connection details',
			async show({ mentor }) {
				await mentor.control('More options').click();
				await mentor.page.getByRole('menuitem', { name: /^Connection details/ }).click();
				await mentor.page.getByRole('table').waitFor();
				return mentor.page;
			},
			after: ({ mentor }) => mentor.page.keyboard.press('Escape')
		},
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
