import type { Page } from '@playwright/test';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Outside {
	guest: Page;
	signedIn: Page;
	mentor: Page;
	studio: Studio;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Whatever one sees without being in a lesson: the start page, accounts, and addresses that lead nowhere. */
export const OUTSIDE = area<Outside>({
	name: 'outside',
	title: 'Before one is in',
	async open(studio) {
		const [omar, maya] = [await studio.sample('omar'), await studio.sample('maya')];
		return {
			studio,
			guest: await studio.open(null),
			signedIn: await studio.open(omar),
			mentor: await studio.open(maya)
		};
	},
	scenes: [
		{
			name: 'welcome',
			words: 'The start page',
			whole: true,
			async show({ guest }) {
				await guest.goto('/');
				return guest;
			}
		},
		{
			name: 'sign-in',
			words: 'Sign in',
			async show({ guest }) {
				await guest.goto('/login');
				return guest;
			}
		},
		{
			name: 'sign-in-refused',
			words: 'E-mail and password do not fit',
			async show({ guest }) {
				await guest.goto('/login');
				await guest.getByLabel('E-mail').fill('liam@peerlearn.test');
				await guest.getByLabel('Password', { exact: true }).fill('learn-alone-2026');
				await button(guest, 'Sign in').click();
				await guest.getByRole('alert').waitFor();
				return guest;
			}
		},
		{
			name: 'sign-in-for-a-room',
			words: 'Signed out, and on the way to a lesson',
			async show({ guest }) {
				await guest.goto('/session/demo-lesson');
				await guest.getByLabel('E-mail').waitFor();
				return guest;
			}
		},
		{
			name: 'sign-up',
			words: 'Sign up',
			whole: true,
			async show({ guest }) {
				await guest.goto('/signup');
				return guest;
			}
		},
		{
			name: 'sign-up-errors',
			words: 'Sign up, with what is missing',
			whole: true,
			async show({ guest }) {
				await guest.goto('/signup');
				await guest.getByLabel('E-mail').fill('liam@peerlearn');
				await guest.getByLabel('Password', { exact: true }).fill('short');
				await button(guest, 'Create account').click();
				await guest.getByText('Enter your name.').waitFor();
				return guest;
			}
		},
		{
			name: 'error-403',
			words: 'A lesson of somebody else',
			async show({ signedIn }) {
				await signedIn.goto('/session/demo-lesson');
				return signedIn;
			}
		},
		{
			name: 'error-404',
			words: 'An address that leads nowhere',
			async show({ guest }) {
				await guest.goto('/nowhere');
				return guest;
			}
		},
		{
			name: 'account-menu',
			words: 'The panel of one’s account',
			async show({ mentor }) {
				await mentor.goto('/dashboard');
				return mentor;
			},
			async again(page) {
				await page.locator('#account').evaluate((panel: HTMLElement) => panel.showPopover());
			}
		},
		{
			name: 'server-away',
			words: 'A page whose server does not answer',
			async show({ mentor }) {
				await mentor.goto('/dashboard');
				await mentor.route('**/__data.json*', (route) => route.abort());
				await mentor.getByRole('link', { name: 'Plan a session' }).first().click();
				await mentor.getByText('Reconnecting…').waitFor();
				return mentor;
			},
			after: ({ mentor }) => mentor.unroute('**/__data.json*')
		}
	]
});
