import type { RoomPage } from '../../../tests/support/roomPage.ts';
import type { Lesson } from '../../../tests/support/world.ts';
import { openClient, type LiveClient } from '../../../tests/support/liveClient.ts';
import { holdToasts, toast } from '../gestures.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Exit {
	studio: Studio;
	lesson: Lesson;
	mentor: RoomPage;
	learner: RoomPage;
	/** Others hold the seats of another room. */
	full: LiveClient[];
}

/** Out of the room, for a while or because the lesson is over. */
export const LEAVING = area<Exit>({
	name: 'leaving',
	title: 'Out of the room, and the end',
	async open(studio) {
		const lesson = await studio.lesson();
		const [mentor, learner] = await studio.call(lesson);
		return { studio, lesson, mentor: mentor!, learner: learner!, full: [] };
	},
	scenes: [
		{
			name: 'left',
			words: 'A learner has left',
			async show({ learner }) {
				await learner.control('Leave session').click();
				await learner.button('Rejoin').waitFor();
				return learner.page;
			},
			async after({ learner }) {
				await learner.button('Rejoin').click();
				await learner.inCall();
			}
		},
		{
			name: 'elsewhere',
			words: 'The same person in another window',
			async show({ studio, lesson, learner }) {
				const other = await studio.enter(learner.person, lesson);
				await other.button('Join session').or(other.toolbar).first().waitFor();
				if (await other.button('Join session').isVisible()) await other.button('Join session').click();
				await learner.button('Continue here').waitFor();
				return learner.page;
			},
			async after({ learner }) {
				await learner.button('Continue here').click();
				await learner.inCall();
			}
		},
		{
			name: 'room-full',
			words: 'There is no seat left',
			async show({ studio, full }) {
				const names = ['Maya Okafor', 'Liam Chen', 'Aisha Rahman', 'Omar Haddad', 'Nora Lindqvist'];
				const lesson = await studio.lesson(names);
				const seated = [lesson.mentor, ...lesson.learners.slice(0, 3)];
				full.push(...seated.map((person) => openClient(studio.world.url, person)));
				const seats = full.map((client) => client.followLive(lesson));
				while (seats[0]!.people().length < seats.length) await new Promise((done) => setTimeout(done, 100));
				const { page } = await studio.enter(lesson.learners[3]!, lesson);
				await page.getByRole('heading', { name: 'The room is full' }).waitFor();
				return page;
			},
			async after({ full }) {
				await Promise.all(full.map((client) => client.close()));
			}
		},
		{
			name: 'ended-mentor',
			words: 'The end: the mentor hands over files and rates',
			async show({ mentor }) {
				await mentor.control('End session').click();
				await mentor.button('End for everyone').click();
				await mentor.page.getByRole('dialog').getByText('Upload resources').waitFor();
				return mentor.page;
			}
		},
		{
			name: 'ended-learner',
			words: 'The end: the learner rates',
			async show({ learner }) {
				await learner.page.getByRole('dialog', { name: 'Rate your mentor' }).waitFor();
				await learner.page.getByRole('radio', { name: '5 stars' }).check();
				await learner.page.getByLabel('Comment').fill('Now I know how to find the top.');
				return learner.page;
			}
		},
		{
			name: 'ended-files',
			words: 'The end: a file is handed over',
			async show({ mentor: { page } }) {
				await page.locator('input[type=file]').setInputFiles({
					name: 'Maxima and minima – exercises.pdf',
					mimeType: 'application/pdf',
					buffer: Buffer.from(`%PDF-1.4\n${'% exercise\n'.repeat(9_000)}%%EOF\n`)
				});
				await page
					.getByRole('dialog')
					.getByRole('button', { name: /^Remove/ })
					.waitFor();
				await page.getByRole('radio', { name: '5 stars' }).first().check();
				return page;
			}
		},
		{
			name: 'ended-thanks',
			words: 'After the feedback, on the recap',
			toasts: true,
			async show({ learner: { page, button } }) {
				await button('Send feedback').click();
				await toast(page, 'Thank you for your feedback').waitFor();
				await holdToasts(page);
				return page;
			}
		}
	]
});
