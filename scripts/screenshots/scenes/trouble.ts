import type { Page, WebSocketRoute } from '@playwright/test';
import { plugIn, prompt, pullOut } from '../../../tests/support/deviceTrouble.ts';
import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { holdToasts, releaseToasts, setLine, toast } from '../gestures.ts';
import { area } from '../scene.ts';
import { inSight, type Studio } from '../studio.ts';

interface Trouble {
	studio: Studio;
	mentor: RoomPage;
	learner: RoomPage;
	/** The server socket of the learner. */
	line: { cut(): void };
}

/** What lasts shorter is not told in toasts, and neither is its end, ms. */
const TOLD = 1_500;

/** What is shown while something is wrong; the call goes on. Those that do not heal at once come last. */
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
		await inSight(learner!.page, 1);
		await inSight(mentor!.page, 1);
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
			name: 'room-retrying',
			words: 'The path between the two is lost; they may still see',
			async show({ learner: { page } }) {
				await setLine(page, 'lost');
				await page.getByText('They may still see and hear you.').waitFor({ timeout: 40_000 });
				return page;
			}
		},
		{
			name: 'toast-network',
			words: 'What is told about it',
			toasts: true,
			async show({ learner: { page } }) {
				await setLine(page, null);
				await inSight(page, 1);
				await setLine(page, 'lost');
				await toast(page, 'Network issue, retrying media').waitFor();
				await holdToasts(page);
				return page;
			},
			async after({ learner: { page } }) {
				await releaseToasts(page);
				await setLine(page, null);
				await inSight(page, 1);
			}
		},
		{
			name: 'toast-joined',
			words: 'Somebody left and came back',
			toasts: true,
			async show({ mentor, learner }) {
				await toast(mentor.page, 'Sound and picture are back').waitFor({ state: 'hidden' });
				await learner.control('Leave session').click();
				await toast(mentor.page, 'Liam Chen left').waitFor();
				await holdToasts(mentor.page);
				await learner.button('Rejoin').click();
				await toast(mentor.page, 'Liam Chen joined').waitFor();
				await inSight(mentor.page, 1);
				return mentor.page;
			},
			async after({ mentor, learner }) {
				await releaseToasts(mentor.page);
				await inSight(learner.page, 1);
			}
		},
		{
			name: 'room-weak-line',
			words: 'The line is too weak for a picture; sound goes on',
			async show({ learner: { page } }) {
				await setLine(page, 'weak');
				await page.getByText('Video is paused, sound goes on.').first().waitFor({ timeout: 40_000 });
				return page;
			}
		},
		{
			name: 'room-weak-line-other',
			words: 'The other one’s line is weak',
			async show({ mentor }) {
				await mentor.page.getByText('video is paused: weak connection').first().waitFor();
				return mentor.page;
			},
			after: ({ learner: { page } }) => page.evaluate(() => void delete document.documentElement.dataset.line)
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
		},
		{
			name: 'room-offline',
			words: 'This device has no network',
			async show({ learner: { page } }) {
				await page.context().setOffline(true);
				await page.getByText('You’re offline. Session paused.').first().waitFor();
				return page;
			},
			async after({ learner: { page } }) {
				await page.context().setOffline(false);
				await page.getByText('You’re offline. Session paused.').first().waitFor({ state: 'hidden' });
				await inSight(page, 1);
			}
		},
		{
			name: 'toast-reconnected',
			words: 'The network is back',
			toasts: true,
			async show({ learner: { page } }) {
				await page.context().setOffline(true);
				await page.getByText('You’re offline. Session paused.').first().waitFor();
				await page.waitForTimeout(TOLD);
				await page.context().setOffline(false);
				await toast(page, 'Connected again').waitFor();
				await holdToasts(page);
				return page;
			},
			async after({ learner: { page } }) {
				await releaseToasts(page);
				await inSight(page, 1);
			}
		},
		{
			name: 'room-reconnecting',
			words: 'The server is not reached; the call goes on',
			async show({ learner, line }) {
				line.cut();
				await learner.page.getByText('Reconnecting…').filter({ visible: true }).first().waitFor();
				return learner.page;
			}
		},
		{
			name: 'room-reconnecting-other',
			words: 'The other one’s line to the server is lost',
			async show({ mentor, learner }) {
				await mentor.page.getByText(`${learner.person.name} is reconnecting`).first().waitFor();
				return mentor.page;
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
		}
	};
}
