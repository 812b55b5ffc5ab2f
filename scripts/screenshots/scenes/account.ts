import type { Page } from '@playwright/test';
import { linkIn } from '../../../tests/support/mailbox.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Own {
	studio: Studio;
	owner: Page;
	guest: Page;
}

const NEW = { name: 'Elena Petrova', email: 'elena@example.org', password: 'three-quiet-rivers' };
const FORGOTTEN = 'aisha@peerlearn.test';

/** One’s account, and the ways back into it. */
export const ACCOUNT = area<Own>({
	name: 'account',
	title: 'One’s account',
	async open(studio) {
		const owner = await studio.open(await studio.sample('maya'));
		return { studio, owner, guest: await studio.open(null) };
	},
	scenes: [
		{
			name: 'account',
			words: 'Profile, e-mail, password, logins, data',
			whole: true,
			async show({ owner }) {
				await owner.goto('/account');
				return owner;
			}
		},
		{
			name: 'account-errors',
			words: 'With what is missing or wrong',
			whole: true,
			async show({ owner }) {
				await owner.getByLabel('Current password').fill('not my password');
				await owner.getByLabel('New password').fill('short');
				await owner.getByRole('button', { name: 'Change password' }).click();
				await owner.locator('[aria-invalid=true]').first().waitFor();
				return owner;
			}
		},
		{
			name: 'account-delete',
			words: 'What goes and what stays when it is deleted',
			async show({ owner }) {
				await owner.goto('/account');
				await owner.getByText('Delete my account…').click();
				return owner;
			},
			again: (page) => page.getByRole('button', { name: 'Delete account for good' }).scrollIntoViewIfNeeded()
		},
		{
			name: 'forgot',
			words: 'A forgotten password',
			async show({ guest }) {
				await guest.goto('/forgot');
				return guest;
			}
		},
		{
			name: 'forgot-sent',
			words: 'A link is on its way',
			async show({ guest }) {
				await guest.getByLabel('E-mail').fill(FORGOTTEN);
				await guest.getByRole('button', { name: 'Send me a link' }).click();
				await guest.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
				return guest;
			}
		},
		{
			name: 'reset',
			words: 'A new password',
			async show({ studio, guest }) {
				await guest.goto(await linkIn(studio.world, FORGOTTEN, 'reset-password'));
				return guest;
			}
		},
		{
			name: 'reset-over',
			words: 'A link that no longer works',
			async show({ guest }) {
				await guest.goto('/reset/AAAAAAAAAAAAAAAAAAAAAA');
				return guest;
			}
		},
		{
			name: 'verify',
			words: 'An address is confirmed',
			async show({ studio, guest }) {
				await guest.goto('/signup');
				await guest.getByLabel('Name').fill(NEW.name);
				await guest.getByLabel('E-mail').fill(NEW.email);
				await guest.getByLabel('Password', { exact: true }).fill(NEW.password);
				await guest.getByRole('button', { name: 'Create account' }).click();
				await guest.waitForURL('**/dashboard');
				await guest.goto(await linkIn(studio.world, NEW.email, 'verify-address'));
				return guest;
			}
		},
		{
			name: 'verify-done',
			words: 'It is confirmed',
			async show({ guest }) {
				await guest.getByRole('button', { name: 'Confirm address' }).click();
				await guest.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
				return guest;
			}
		}
	]
});
