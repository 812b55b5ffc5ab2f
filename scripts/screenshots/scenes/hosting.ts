import type { Page } from '@playwright/test';
import type { RoomPage } from '../../../tests/support/roomPage.ts';
import { hidePeople, holdToasts, releaseToasts, showPeople } from '../gestures.ts';
import { area } from '../scene.ts';

interface Class {
	mentor: RoomPage;
	liam: RoomPage;
	aisha: RoomPage;
}

/** Opens a menu of the list of people, in narrow windows too. */
function openMenu(button: string, menu: string) {
	return async (page: Page) => {
		await showPeople(page);
		if (!(await page.getByRole('menu', { name: menu }).isVisible()))
			await page.getByRole('button', { name: button, exact: true }).click();
	};
}

const closeMenu = async ({ mentor: { page } }: Class) => {
	await page.keyboard.press('Escape');
	await hidePeople(page);
};

/** What the mentor can do for order, and what the others see of it. */
export const HOSTING = area<Class>({
	name: 'hosting',
	title: 'The mentor as a host',
	async open(studio) {
		const lesson = await studio.lesson(['Maya Okafor', 'Liam Chen', 'Aisha Rahman']);
		const [mentor, liam, aisha] = await studio.call(lesson);
		return { mentor: mentor!, liam: liam!, aisha: aisha! };
	},
	scenes: [
		{
			name: 'host-hands',
			words: 'Hands in their order',
			async show({ mentor, liam, aisha }) {
				for (const person of [aisha, liam]) {
					await person.control('Raise hand').click();
					await mentor.lineOf(person.person).getByText('Hand raised').waitFor();
				}
				return mentor.page;
			},
			again: showPeople,
			after: ({ mentor }) => hidePeople(mentor.page)
		},
		{
			name: 'host-person',
			words: 'What can be done about one person',
			async show({ mentor }) {
				return mentor.page;
			},
			again: openMenu('Actions for Liam Chen', 'Liam Chen'),
			after: closeMenu
		},
		{
			name: 'host-everyone',
			words: 'What can be done about all',
			async show({ mentor }) {
				return mentor.page;
			},
			again: openMenu('Actions for everyone', 'Everyone'),
			after: closeMenu
		},
		{
			name: 'host-muted-you',
			words: 'A learner was muted',
			toasts: true,
			async show({ mentor, liam }) {
				await mentor.button('Actions for Liam Chen').click();
				await mentor.page.getByRole('menuitem', { name: 'Mute' }).click();
				await liam.page.getByText('Maya muted you. You can unmute yourself.').first().waitFor();
				await holdToasts(liam.page);
				return liam.page;
			},
			after: ({ liam }) => releaseToasts(liam.page)
		},
		{
			name: 'host-remove-question',
			words: 'Before somebody is removed',
			async show({ mentor }) {
				await mentor.button('Actions for Liam Chen').click();
				await mentor.page.getByRole('menuitem', { name: 'Remove from the session' }).click();
				await mentor.page.getByRole('alertdialog', { name: 'Remove Liam Chen?' }).waitFor();
				return mentor.page;
			}
		},
		{
			name: 'removed',
			words: 'The page of whoever was removed',
			async show({ mentor, liam }) {
				const question = mentor.page.getByRole('alertdialog', { name: 'Remove Liam Chen?' });
				await question.getByRole('button', { name: 'Remove' }).click();
				await liam.page.getByRole('heading', { name: 'You are not in this session now' }).waitFor();
				return liam.page;
			}
		},
		{
			name: 'host-removed',
			words: 'Who was removed, and the way back',
			async show({ mentor }) {
				await mentor.button('Let back in: Liam Chen').waitFor();
				return mentor.page;
			},
			again: showPeople
		}
	]
});
