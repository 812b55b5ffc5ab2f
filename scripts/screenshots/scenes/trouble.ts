import type { Page, WebSocketRoute } from '@playwright/test';
import { plugIn, prompt, pullOut } from '../../../tests/support/deviceTrouble.ts';
import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Trouble {
	studio: Studio;
	mentor: RoomPage;
	learner: RoomPage;
	/** The server socket of the learner. */
	line: { cut(): void; mend(): void };
}

/** What is shown while something is wrong; the call goes on. */
export const TROUBLE = area<Trouble>({
	name: 'trouble',
	title: 'When something is wrong',
	async open(studio) {
		const lesson = await studio.lesson();
		const [mentor, learner] = await studio.call(lesson);
		const line = await holdLine(learner!.page);
		// From now on its socket can be cut.
		await learner!.page.reload();
		await learner!.inCall();
		return { studio, mentor: mentor!, learner: learner!, line };
	},
	scenes: [
		{
			name: 'room-camera-gone',
			words: 'The camera was pulled out',
			async show({ learner }) {
				await pullOut(learner, 'camera');
				await prompt(learner.page).waitFor();
				return learner.page;
			},
			async after({ learner }) {
				await plugIn(learner);
				await learner.page
					.getByRole('button', { name: /again$/ })
					.first()
					.click();
				await learner.control('Turn camera off').waitFor();
			}
		},
		{
			name: 'room-reconnecting',
			words: 'The server is not reached; the call goes on',
			async show({ learner, line }) {
				line.cut();
				await learner.page.getByText('Reconnecting…').first().waitFor({ state: 'attached' });
				await learner.page.waitForTimeout(1_500);
				return learner.page;
			}
		},
		{
			name: 'room-reconnecting-other',
			words: 'The other one’s line to the server is lost',
			async show({ mentor, learner }) {
				await mentor.page.getByText(`${learner.person.name} is reconnecting`).first().waitFor();
				return mentor.page;
			},
			async after({ line, learner }) {
				line.mend();
				await learner.page
					.getByText('Reconnecting…')
					.filter({ visible: true })
					.first()
					.waitFor({ state: 'hidden' });
			}
		},
		{
			name: 'room-offline',
			words: 'This device has no network',
			async show({ learner: { page } }) {
				await page.context().setOffline(true);
				await page.getByText('You’re offline. Session paused.').first().waitFor();
				return page;
			},
			after: ({ learner: { page } }) => page.context().setOffline(false)
		},
		{
			name: 'room-weak-line',
			words: 'The line is too weak for a picture; sound goes on',
			async show({ learner: { page } }) {
				await page.evaluate(() => void (document.documentElement.dataset.weakLine = 'yes'));
				await page
					.getByText(/video is paused|not sent|sound/i)
					.first()
					.waitFor({ timeout: 40_000 });
				return page;
			}
		},
		{
			name: 'room-weak-line-other',
			words: 'The other one’s line is weak',
			async show({ mentor }) {
				return mentor.page;
			},
			after: ({ learner: { page } }) =>
				page.evaluate(() => void delete document.documentElement.dataset.weakLine)
		},
		{
			name: 'room-devices-refused',
			words: 'In the room, and camera and microphone were refused',
			async show({ studio }) {
				const lesson = await studio.lesson();
				const room = await studio.enter(lesson.mentor, lesson, { failure: 'NotAllowedError' });
				await room.button('Start session').click();
				await room.toolbar.waitFor();
				await room.control('Turn camera on').click();
				await prompt(room.page).waitFor();
				return room.page;
			}
		}
	]
});

async function holdLine(page: Page): Promise<Trouble['line']> {
	const open = new Set<WebSocketRoute>();
	let cut = false;
	await page.routeWebSocket(/\/trpc/, (socket) => {
		if (cut) return void socket.close();
		open.add(socket);
		socket.connectToServer();
	});
	return {
		cut() {
			cut = true;
			for (const socket of open) void socket.close();
			open.clear();
		},
		mend: () => void (cut = false)
	};
}
