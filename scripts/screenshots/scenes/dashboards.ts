import type { Page } from '@playwright/test';
import { area } from '../scene.ts';

interface Desks {
	mentor: Page;
	learner: Page;
	newMentor: Page;
	newLearner: Page;
}

const bell = (page: Page) => page.getByRole('button', { name: /^Notifications, / });

/** Start pages and notifications, with a past behind them and without. */
export const DASHBOARDS = area<Desks>({
	name: 'dashboards',
	title: 'Start pages and notifications',
	async open(studio) {
		return {
			mentor: await studio.open(await studio.sample('maya')),
			learner: await studio.open(await studio.sample('liam')),
			newMentor: await studio.open(await studio.world.person('mentor', 'Nora Lindqvist')),
			newLearner: await studio.open(await studio.world.person('learner', 'Tomás Silva'))
		};
	},
	scenes: [
		{
			name: 'dashboard-mentor',
			words: 'A mentor’s sessions and earnings',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/dashboard');
				await mentor.getByRole('img', { name: /^Bar chart/ }).waitFor();
				return mentor;
			}
		},
		{
			name: 'dashboard-mentor-empty',
			words: 'A mentor who has just signed up',
			whole: true,
			async show({ newMentor }) {
				await newMentor.goto('/dashboard');
				return newMentor;
			}
		},
		{
			name: 'dashboard-learner',
			words: 'A learner’s activity',
			whole: true,
			async show({ learner }) {
				await learner.goto('/dashboard');
				return learner;
			}
		},
		{
			name: 'dashboard-learner-empty',
			words: 'A learner who has just signed up',
			whole: true,
			async show({ newLearner }) {
				await newLearner.goto('/dashboard');
				return newLearner;
			}
		},
		{
			name: 'notifications',
			words: 'What was told, and what one wants to be told',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/notifications');
				return mentor;
			}
		},
		{
			name: 'notifications-empty',
			words: 'Nothing was told yet',
			whole: true,
			async show({ newLearner }) {
				await newLearner.goto('/notifications');
				return newLearner;
			}
		},
		{
			name: 'notifications-panel',
			words: 'The newest ones, from the bell',
			async show({ learner }) {
				await learner.goto('/dashboard');
				return learner;
			},
			async again(page) {
				if ((await page.getByRole('dialog', { name: 'Notifications' }).count()) === 0)
					await bell(page).click();
				await page.getByRole('dialog', { name: 'Notifications' }).waitFor();
			}
		}
	]
});
