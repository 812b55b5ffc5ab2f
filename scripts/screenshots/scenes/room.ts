import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Call {
	studio: Studio;
	mentor: RoomPage;
	learner: RoomPage;
}

/** Who is there and how one sees them, with two people at most. */
export const ROOM = area<Call>({
	name: 'room',
	title: 'The room',
	async open(studio) {
		const [mentor, learner] = await studio.call(await studio.lesson());
		return { studio, mentor: mentor!, learner: learner! };
	},
	scenes: [
		{
			name: 'room-two',
			words: 'Two people, as the mentor sees it',
			async show({ mentor }) {
				return mentor.page;
			}
		},
		{
			name: 'room-two-learner',
			words: 'Two people, as the learner sees it',
			async show({ learner }) {
				return learner.page;
			}
		},
		{
			name: 'room-hand',
			words: 'The learner raises a hand',
			async show({ mentor, learner }) {
				await learner.control('Raise hand').click();
				await mentor.lineOf(learner.person).getByText('Hand raised').waitFor();
				return mentor.page;
			},
			after: ({ learner }) => learner.control('Lower hand').click()
		},
		{
			name: 'room-muted',
			words: 'The learner’s microphone and camera are off',
			async show({ mentor, learner }) {
				await learner.control('Turn camera off').click();
				await learner.control('Mute microphone').click();
				await mentor.page.getByRole('main').getByText('Camera off').waitFor();
				return mentor.page;
			}
		},
		{
			name: 'room-muted-oneself',
			words: 'One’s own microphone and camera are off',
			async show({ learner }) {
				return learner.page;
			},
			async after({ learner }) {
				await learner.control('Turn camera on').click();
				await learner.control('Unmute microphone').click();
			}
		},
		{
			name: 'room-alone',
			words: 'The mentor waits for somebody',
			async show({ studio }) {
				const lesson = await studio.lesson();
				const [mentor] = await studio.call({ ...lesson, learners: [] });
				await mentor!.page.bringToFront();
				return mentor!.page;
			}
		},
		{
			name: 'room-connecting',
			words: 'The call is being set up',
			async show({ studio }) {
				const [mentor] = await studio.call(await studio.lesson(), { cutOff: true });
				await mentor!.page.getByText('Connecting…').first().waitFor();
				return mentor!.page;
			}
		}
	]
});
