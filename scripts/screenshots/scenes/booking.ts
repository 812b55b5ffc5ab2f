import type { Page } from '@playwright/test';
import { area } from '../scene.ts';

interface Offer {
	mentor: Page;
	newMentor: Page;
	guest: Page;
	learner: Page;
}

/** When a mentor can be booked, and how a learner books. */
export const BOOKING = area<Offer>({
	name: 'booking',
	title: 'Availability and booking',
	async open(studio) {
		return {
			mentor: await studio.open(await studio.sample('maya')),
			newMentor: await studio.open(await studio.world.person('mentor', 'Nora Lindqvist')),
			guest: await studio.open(null),
			learner: await studio.open(await studio.sample('omar'))
		};
	},
	scenes: [
		{
			name: 'availability-new',
			words: 'Before any hours were said',
			whole: true,
			async show({ newMentor }) {
				await newMentor.goto('/availability');
				return newMentor;
			}
		},
		{
			name: 'availability',
			words: 'Hours, days that are different, and the booking page',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/availability');
				for (const date of ['2026-10-25', '2026-10-30']) {
					await mentor.getByRole('button', { name: 'Add a day' }).click();
					await mentor.getByLabel('Date', { exact: true }).last().fill(date);
				}
				await mentor.getByRole('button', { name: /^Add hours on .*25 October/ }).click();
				return mentor;
			}
		},
		{
			name: 'availability-copy',
			words: 'The hours of a day for other days',
			async show({ mentor }) {
				await mentor.getByRole('button', { name: 'Copy the hours of Monday to other days' }).click();
				await mentor.getByRole('dialog').waitFor();
				return mentor;
			},
			after: ({ mentor }) => mentor.keyboard.press('Escape')
		},
		{
			name: 'availability-errors',
			words: 'With what is missing or wrong',
			whole: true,
			async show({ newMentor }) {
				await newMentor.goto('/availability');
				await newMentor.getByRole('button', { name: 'Add hours on Monday' }).click();
				await newMentor.getByLabel('Monday, until').fill('08:00');
				await newMentor.getByRole('button', { name: 'Add a day' }).click();
				await newMentor.getByLabel('Title').fill('');
				await newMentor.getByRole('button', { name: 'Save' }).click();
				await newMentor.locator('[aria-invalid=true]').first().waitFor();
				return newMentor;
			}
		},
		{
			name: 'book',
			words: 'The booking page: a day and a time, for whoever has the link',
			whole: true,
			async show({ guest }) {
				await guest.goto('/book/maya');
				await guest.getByRole('list', { name: 'Free times' }).waitFor();
				return guest;
			}
		},
		{
			name: 'book-other-zone',
			words: 'In another time zone: both people’s times',
			whole: true,
			async show({ guest }) {
				await guest.getByLabel('Time zone').selectOption('America/New_York');
				await guest.getByText('Your time', { exact: true }).waitFor();
				return guest;
			}
		},
		{
			name: 'book-signed-out',
			words: 'A time is picked, signed out',
			whole: true,
			async show({ guest }) {
				await guest.goto('/book/maya');
				await pick(guest);
				return guest;
			}
		},
		{
			name: 'book-confirm',
			words: 'A time is picked, with a message',
			whole: true,
			async show({ learner }) {
				await learner.goto('/book/maya');
				await pick(learner);
				await learner.getByLabel('Message to Maya').fill('I would like to go on with powers and roots.');
				return learner;
			}
		},
		{
			name: 'booked',
			words: 'It is booked',
			whole: true,
			async show({ learner }) {
				await learner.getByRole('button', { name: 'Book session' }).click();
				await learner.getByRole('heading', { name: 'Your session is booked' }).waitFor();
				return learner;
			}
		},
		{
			name: 'book-own',
			words: 'One’s own page, closed',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/availability');
				await mentor.getByLabel('Open for bookings').uncheck();
				await mentor.getByRole('button', { name: 'Save' }).click();
				await mentor.getByText('Your availability is saved').last().waitFor();
				await mentor.goto('/book/maya');
				return mentor;
			}
		},
		{
			name: 'book-closed',
			words: 'A closed page, for everybody else',
			async show({ guest }) {
				await guest.goto('/book/maya');
				return guest;
			},
			async after({ mentor }) {
				await mentor.goto('/availability');
				await mentor.getByLabel('Open for bookings').check();
				await mentor.getByRole('button', { name: 'Save' }).click();
				await mentor.getByText('Your availability is saved').last().waitFor();
			}
		}
	]
});

async function pick(page: Page): Promise<void> {
	await page.getByRole('list', { name: 'Free times' }).getByRole('link').nth(2).click();
	await page.getByRole('heading', { name: 'Book this time' }).waitFor();
}
