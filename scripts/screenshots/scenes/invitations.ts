import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { planningForms } from '../../../tests/support/planningForms.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Asked {
	studio: Studio;
	guest: Page;
	learner: Page;
	stranger: Page;
	/** Paths of invitations: to a learner, to somebody without an account, and to a session that is over. */
	links: { known: string; unknown: string; over: string };
}

const NOOR = 'noor@example.org';

/** What the link in an invitation shows. */
export const INVITATIONS = area<Asked>({
	name: 'invitation',
	title: 'Invitations',
	async open(studio) {
		const { store } = studio.world;
		const forms = planningForms(studio.world);
		const [maya, omar] = [await studio.sample('maya'), await studio.sample('omar')];
		const ask = async (title: string, learnerEmails: string, date: string) =>
			forms.plan(maya, 0, {
				...{ title, learnerEmails, date, time: '17:00', weeks: '1' },
				description: 'We begin with the area of a rectangle.\nPlease bring squared paper.'
			});
		await ask('Integrals: area under a curve', omar.email, '2026-11-03');
		const known = await forms.linkTo(omar.email);
		const past = await ask('Integrals: first steps', NOOR, '2026-11-04');
		const over = await forms.linkTo(NOOR);
		await store.db
			.update(store.tables.sessions)
			.set({ status: 'completed' })
			.where(eq(store.tables.sessions.id, past.id));
		await ask('Integrals: area under a curve', NOOR, '2026-11-05');
		const all = await forms.mailsTo(NOOR);
		const links = all.flatMap(({ text }) => /\/invitation\/[\w-]{22}/.exec(text)?.[0] ?? []);
		return {
			studio,
			guest: await studio.open(null),
			learner: await studio.open(omar),
			stranger: await studio.open(await studio.sample('liam')),
			links: { known, over, unknown: links.find((link) => link !== over)! }
		};
	},
	scenes: [
		{
			name: 'invitation',
			words: 'An invitation, signed in',
			whole: true,
			async show({ learner, links }) {
				await learner.goto(links.known);
				return learner;
			}
		},
		{
			name: 'invitation-new',
			words: 'Signed out, and without an account so far',
			whole: true,
			async show({ guest, links }) {
				await guest.goto(links.unknown);
				return guest;
			}
		},
		{
			name: 'invitation-signed-out',
			words: 'Signed out, with an account',
			whole: true,
			async show({ guest, links }) {
				await guest.goto(links.known);
				return guest;
			}
		},
		{
			name: 'invitation-other-account',
			words: 'Signed in as somebody else',
			async show({ stranger, links }) {
				await stranger.goto(links.known);
				return stranger;
			}
		},
		{
			name: 'invitation-over',
			words: 'The session is over',
			async show({ guest, links }) {
				await guest.goto(links.over);
				return guest;
			}
		},
		{
			name: 'dashboard-invited',
			words: 'A learner’s start page, with an invitation to answer',
			whole: true,
			async show({ learner }) {
				await learner.goto('/dashboard');
				return learner;
			}
		},
		{
			name: 'invitation-accepted',
			words: 'It is accepted',
			whole: true,
			async show({ learner, links }) {
				await learner.goto(links.known);
				await learner.getByRole('button', { name: /^Accept/ }).click();
				await learner.getByRole('heading', { name: 'You are coming' }).waitFor();
				return learner;
			}
		}
	]
});
