import type { Lesson } from '../../../tests/support/world.ts';
import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { speak } from '../gestures.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Doors {
	studio: Studio;
	/** Nobody has started it. */
	lesson: Lesson;
	mentor: RoomPage;
	learner: RoomPage;
}

/** Before the call. The mentor is alone first; the learner comes when a scene needs them. */
export const LOBBY = area<Doors>({
	name: 'lobby',
	title: 'The lobby',
	async open(studio) {
		const lesson = await studio.lesson();
		const mentor = await studio.enter(lesson.mentor, lesson);
		return { studio, lesson, mentor, learner: await studio.enter(lesson.learners[0]!, lesson) };
	},
	scenes: [
		{
			name: 'lobby-mentor-alone',
			words: 'The mentor is first, and has turned on nothing',
			async show({ mentor, learner }) {
				await learner.page.goto('/dashboard');
				await mentor.page.getByText('Still to come: Liam Chen').waitFor();
				return mentor.page;
			},
			after: ({ learner, lesson }) => learner.goTo(lesson)
		},
		{
			name: 'lobby-mentor',
			words: 'Camera and microphone are on, and a learner waits',
			toasts: false,
			async show({ mentor }) {
				await turnOn(mentor);
				return mentor.page;
			}
		},
		{
			name: 'lobby-checked',
			words: 'Everything that can be checked there',
			async show({ mentor }) {
				const { page, button } = mentor;
				if (await button('Turn on camera and microphone').isVisible()) await turnOn(mentor);
				await page.getByText('We hear you.').waitFor();
				await button('Test speaker').click();
				await page
					.getByRole('group', { name: 'Did you hear it?' })
					.getByRole('button', { name: 'Yes' })
					.click();
				await page.getByText('Your connection is ready for a lesson.').waitFor();
				return page;
			},
			again: (page) => page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight)),
			after: ({ mentor }) => mentor.page.evaluate(() => scrollTo(0, 0))
		},
		{
			name: 'lobby-turned',
			words: 'On a phone on its side',
			sizes: ['turned'],
			async show({ mentor }) {
				return mentor.page;
			}
		},
		{
			name: 'lobby-learner',
			words: 'A learner waits for the mentor',
			async show({ learner }) {
				await turnOn(learner);
				return learner.page;
			}
		},
		{
			name: 'lobby-learner-first',
			words: 'A learner, before anything is turned on',
			async show({ studio }) {
				const lesson = await studio.lesson(['Maya Okafor', 'Aisha Rahman']);
				const { page } = await studio.enter(lesson.learners[0]!, lesson);
				await page.getByText('Waiting for mentor…').waitFor();
				return page;
			}
		},
		{
			name: 'lobby-early',
			words: 'Too early to start',
			async show({ studio }) {
				const lesson = await studio.lesson(['Maya Okafor', 'Liam Chen', 'Aisha Rahman'], {
					title: 'A long title, as people give them: linear functions, their slopes and where they meet',
					inMinutes: 43 * 60 + 15
				});
				const { page, button } = await studio.enter(lesson.mentor, lesson);
				await button('Start session').waitFor();
				return page;
			}
		},
		...(
			[
				['NotAllowedError', 'lobby-refused', 'Camera and microphone were refused'],
				['NotFoundError', 'lobby-no-devices', 'No camera and no microphone were found'],
				['NotReadableError', 'lobby-in-use', 'Another program has them']
			] as const
		).map(([failure, name, words]) => ({
			name,
			words,
			async show({ studio, lesson }: Doors) {
				const room = await studio.enter(lesson.mentor, lesson, { failure });
				await room.button('Turn on camera and microphone').click();
				await room.page.getByRole('region', { name: /unavailable/ }).waitFor();
				return room.page;
			}
		})),
		{
			name: 'lobby-join',
			words: 'The lesson is on: a learner comes late',
			async show({ studio }) {
				const lesson = await studio.lesson(['Maya Okafor', 'Liam Chen', 'Aisha Rahman']);
				const [mentor] = [await studio.enter(lesson.mentor, lesson)];
				await mentor.button('Start session').click();
				await mentor.toolbar.waitFor();
				const late = await studio.enter(lesson.learners[0]!, lesson);
				await late.button('Join session').waitFor();
				return late.page;
			}
		}
	]
});

async function turnOn(room: RoomPage): Promise<void> {
	await speak(room.page);
	await room.turnOnDevices();
	await room.page.waitForFunction(() => document.querySelector('video')!.videoWidth > 0);
}
