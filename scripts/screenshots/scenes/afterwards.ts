import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Recaps {
	studio: Studio;
	mentor: Page;
	learner: Page;
}

/** What is left of lessons: their recaps. */
export const AFTERWARDS = area<Recaps>({
	name: 'afterwards',
	title: 'Afterwards',
	async open(studio) {
		return {
			studio,
			mentor: await studio.open(await studio.sample('maya')),
			learner: await studio.open(await studio.sample('liam'))
		};
	},
	scenes: [
		{
			name: 'recap-mentor',
			words: 'The recap of a mentor',
			whole: true,
			async show({ studio, mentor }) {
				await openRecap(studio, mentor, 'Systems of two equations');
				return mentor;
			}
		},
		{
			name: 'recap-learner',
			words: 'The recap of a learner',
			whole: true,
			async show({ studio, learner }) {
				await openRecap(studio, learner, 'Quadratic functions: completing the square');
				return learner;
			}
		},
		{
			name: 'recap-missed',
			words: 'A session that nobody started',
			whole: true,
			async show({ studio, mentor }) {
				await openRecap(studio, mentor, null);
				return mentor;
			}
		},
		{
			name: 'session-cancelled',
			words: 'A session that was cancelled',
			async show({ studio }) {
				const lesson = await studio.lesson();
				const { tables, db } = studio.world.store;
				await db
					.update(tables.sessions)
					.set({ status: 'cancelled' })
					.where(eq(tables.sessions.id, lesson.id));
				const page = await studio.open(lesson.mentor);
				await page.goto(lesson.path);
				return page;
			}
		}
	]
});

/** By the lesson's title; null is the one that was missed. */
async function openRecap(studio: Studio, page: Page, title: string | null): Promise<void> {
	const { tables, db } = studio.world.store;
	const [session] = await db
		.select()
		.from(tables.sessions)
		.where(title === null ? eq(tables.sessions.status, 'missed') : eq(tables.sessions.title, title));
	if (!session) throw new Error('There is no such lesson in the demo.');
	await page.goto(`/session/${session.roomCode}/recap`);
	await page.getByRole('heading', { level: 1 }).waitFor();
}
