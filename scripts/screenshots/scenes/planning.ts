import type { Page } from '@playwright/test';
import { area } from '../scene.ts';

const plan = (page: Page) => page.getByRole('button', { name: /^Plan (session|\d+ sessions)$/ });

/** A mentor plans a session. */
export const PLANNING = area<{ mentor: Page }>({
	name: 'planning',
	title: 'Planning a session',
	async open(studio) {
		return { mentor: await studio.open(await studio.sample('maya')) };
	},
	scenes: [
		{
			name: 'plan',
			words: 'A new session',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/sessions/new');
				return mentor;
			}
		},
		{
			name: 'plan-filled',
			words: 'Every week, and one of them is in the way of another session',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/sessions/new');
				await mentor.getByLabel('Title').fill('Integrals: area under a curve');
				const learners = mentor.getByRole('textbox', { name: 'Learners' });
				for (const email of ['liam@peerlearn.test', 'aisha@peerlearn.test']) {
					await learners.fill(email);
					await learners.press('Enter');
				}
				await mentor.getByLabel('Description').fill('Please bring your drawing of the two curves.');
				await mentor.getByLabel('Date').fill('2026-10-15');
				await mentor.getByLabel('Time').fill('18:30');
				await mentor.getByLabel('Repeats').selectOption({ label: 'Every week, 3 sessions' });
				await mentor.getByLabel('Price').fill('35');
				await mentor
					.getByText(/^You have “/)
					.first()
					.waitFor();
				return mentor;
			}
		},
		{
			name: 'plan-errors',
			words: 'With what is missing or wrong',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/sessions/new');
				await mentor.getByRole('textbox', { name: 'Learners' }).fill('liam@peerlearn');
				await mentor.getByLabel('Date').fill('2026-10-01');
				await plan(mentor).click();
				await mentor.locator('[aria-invalid=true]').first().waitFor();
				return mentor;
			}
		}
	]
});
