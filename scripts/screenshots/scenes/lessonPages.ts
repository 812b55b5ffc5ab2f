import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { addDays } from '../../../src/routes/calendar/weekAxis.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Plans {
	studio: Studio;
	mentor: Page;
	learner: Page;
	other: Page;
}

const MENTOR = {
	title: 'Exam preparation: sketching functions',
	weekly: 'Derivatives: the slope at a point'
};
const ASKED = 'Portuguese: ordering by phone';

/** Planned sessions: their pages, changes and answers, and the week in which they lie. */
export const LESSON_PAGES = area<Plans>({
	name: 'planned',
	title: 'A planned session, and the week',
	async open(studio) {
		return {
			studio,
			mentor: await studio.open(await studio.sample('maya')),
			learner: await studio.open(await studio.sample('liam')),
			other: await studio.open(await studio.sample('aisha'))
		};
	},
	scenes: [
		{
			name: 'lesson-mentor',
			words: 'The mentor sees who comes',
			whole: true,
			async show({ studio, mentor }) {
				await mentor.goto(await pathOf(studio, MENTOR.title));
				return mentor;
			}
		},
		{
			name: 'lesson-series',
			words: 'One of several, a week apart',
			whole: true,
			async show({ studio, mentor }) {
				await mentor.goto(await pathOf(studio, MENTOR.weekly));
				return mentor;
			}
		},
		{
			name: 'lesson-reschedule',
			words: 'Moving it, and what is in the way',
			async show({ mentor }) {
				await mentor.getByRole('button', { name: 'Reschedule' }).click();
				const window = mentor.getByRole('dialog');
				await window.getByLabel('Date').fill('2026-10-17');
				await window.getByLabel('Time').fill('17:30');
				await mentor
					.getByText(/^You have “/)
					.first()
					.waitFor();
				return mentor;
			},
			after: ({ mentor }) => mentor.getByRole('button', { name: 'Keep the time' }).click()
		},
		{
			name: 'lesson-edit',
			words: 'Editing it, and the later ones of its series with it',
			async show({ mentor }) {
				await mentor.getByRole('button', { name: 'Edit', exact: true }).click();
				await mentor.getByRole('radio', { name: /^This and the/ }).check();
				return mentor;
			},
			after: ({ mentor }) => mentor.keyboard.press('Escape')
		},
		{
			name: 'lesson-cancel',
			words: 'Before it is cancelled',
			async show({ mentor }) {
				await mentor.getByRole('button', { name: 'Cancel session' }).click();
				await mentor.getByLabel('Reason').fill('I am at a conference that week.');
				return mentor;
			},
			after: ({ mentor }) => mentor.getByRole('button', { name: 'Keep session' }).click()
		},
		{
			name: 'lesson-invited',
			words: 'A learner is asked to come',
			whole: true,
			async show({ studio, other }) {
				await other.goto(await pathOf(studio, ASKED));
				return other;
			}
		},
		{
			name: 'lesson-decline',
			words: 'Before an invitation is declined',
			async show({ other }) {
				await other.getByRole('button', { name: /^Decline/ }).click();
				await other.getByRole('alertdialog').waitFor();
				return other;
			},
			after: ({ other }) => other.keyboard.press('Escape')
		},
		{
			name: 'lesson-learner',
			words: 'A learner has accepted',
			whole: true,
			async show({ studio, learner }) {
				await learner.goto(await pathOf(studio, MENTOR.weekly));
				return learner;
			}
		},
		{
			name: 'calendar',
			words: 'The mentor’s week (day by day on phones)',
			async show({ mentor }) {
				await mentor.goto('/calendar');
				await mentor.getByRole('grid').waitFor();
				return mentor;
			}
		},
		{
			name: 'calendar-moving',
			words: 'A session is moved with the arrow keys',
			sizes: ['desktop'],
			async show({ mentor }) {
				const lesson = mentor.getByRole('gridcell').getByRole('link', { name: MENTOR.weekly });
				await lesson.focus();
				for (const key of ['m', 'ArrowRight', 'ArrowUp', 'ArrowUp']) await mentor.keyboard.press(key);
				await mentor.locator('[data-ghost]').waitFor();
				return mentor;
			},
			after: ({ mentor }) => mentor.keyboard.press('Escape')
		},
		{
			name: 'calendar-clock-change',
			words: 'A week in which the clocks change',
			async show({ mentor }) {
				await mentor.goto('/calendar?week=2026-10-19');
				return mentor;
			}
		},
		{
			name: 'calendar-list',
			words: 'The week as a list',
			async show({ mentor }) {
				await mentor.goto('/calendar?view=list');
				return mentor;
			}
		},
		{
			name: 'calendar-learner',
			words: 'A learner’s week',
			async show({ learner }) {
				await learner.goto('/calendar');
				return learner;
			}
		},
		{
			name: 'calendar-empty',
			words: 'A week in which nothing is planned',
			async show({ mentor }) {
				await mentor.goto(`/calendar?view=list&week=${addDays('2026-10-13', 70)}`);
				return mentor;
			}
		},
		{
			name: 'calendar-feed',
			words: 'One’s sessions in one’s own calendar',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/calendar/feed');
				return mentor;
			}
		},
		{
			name: 'lesson-cancelled',
			words: 'It was cancelled, with the reason',
			whole: true,
			async show({ studio, mentor, learner }) {
				const path = await pathOf(studio, MENTOR.title);
				await mentor.goto(path);
				await mentor.getByRole('button', { name: 'Cancel session' }).click();
				await mentor.getByLabel('Reason').fill('I am ill, sorry. Let us find another day.');
				await mentor.getByRole('alertdialog').getByRole('button', { name: 'Cancel session' }).click();
				await mentor.getByText('Cancelled', { exact: true }).first().waitFor();
				await learner.goto(path);
				return learner;
			}
		}
	]
});

/** The page of the next session with this title. */
async function pathOf({ world }: Studio, title: string): Promise<string> {
	const { tables, db } = world.store;
	const [session] = await db
		.select()
		.from(tables.sessions)
		.where(eq(tables.sessions.title, title))
		.orderBy(tables.sessions.startsAt);
	if (!session) throw new Error(`The demo has no session “${title}”.`);
	return `/sessions/${session.roomCode}`;
}
