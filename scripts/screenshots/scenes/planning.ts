import type { Page } from '@playwright/test';
import { area } from '../scene.ts';

const plan = (page: Page) => page.getByRole('button', { name: 'Plan session', exact: true });

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
			words: 'Filled in, with learners named',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/sessions/new');
				await mentor.getByLabel('Title').fill('Integrals: area under a curve');
				const learners = mentor.getByRole('textbox', { name: /E-mail|Learners/ }).first();
				for (const email of ['liam@peerlearn.test', 'aisha@peerlearn.test']) {
					await learners.fill(email);
					await learners.press('Enter');
				}
				return mentor;
			}
		},
		{
			name: 'plan-errors',
			words: 'With what is missing or wrong',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/sessions/new');
				await mentor.getByLabel('Date').fill('2026-10-01');
				await plan(mentor).click();
				await mentor.locator('[aria-invalid=true]').first().waitFor();
				return mentor;
			}
		}
	]
});
