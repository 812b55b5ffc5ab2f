import type { Page } from '@playwright/test';
import type { Lesson } from '../../../tests/support/world.ts';
import { area } from '../scene.ts';
import type { Studio } from '../studio.ts';

interface Arabic {
	studio: Studio;
	lesson: Lesson;
	mentor: Page;
}

const LANGUAGE = { language: 'ar' } as const;
const controls = (page: Page) => page.getByRole('toolbar', { name: 'أدوات المكالمة' });

/** From right to left. */
export const ARABIC = area<Arabic>({
	name: 'arabic',
	title: 'In Arabic',
	async open(studio) {
		const lesson = await studio.lesson(['مها الخطيب', 'سامي حدّاد'], { title: 'القيم العظمى والصغرى' });
		return { studio, lesson, mentor: await studio.open(lesson.mentor, LANGUAGE) };
	},
	scenes: [
		{
			name: 'arabic-welcome',
			words: 'The start page',
			whole: true,
			async show({ studio }) {
				const page = await studio.open(null, LANGUAGE);
				await page.goto('/');
				return page;
			}
		},
		{
			name: 'arabic-dashboard',
			words: 'A mentor’s sessions and earnings',
			whole: true,
			async show({ studio }) {
				const page = await studio.open(await studio.sample('maya'), LANGUAGE);
				await page.goto('/dashboard');
				await page.locator('[role=img]').first().waitFor();
				return page;
			}
		},
		{
			name: 'arabic-setup',
			words: '“Test my setup”',
			whole: true,
			async show({ mentor }) {
				await mentor.goto('/setup');
				await mentor.getByText('اتصالك جاهز').first().waitFor();
				return mentor;
			}
		},
		{
			name: 'arabic-lobby',
			words: 'The lobby',
			async show({ mentor, lesson }) {
				await mentor.goto(lesson.path);
				await mentor.getByRole('button', { name: 'تشغيل الكاميرا والميكروفون' }).click();
				await mentor.getByRole('button', { name: 'إيقاف الكاميرا' }).waitFor();
				return mentor;
			}
		},
		{
			name: 'arabic-room',
			words: 'The room with the chat',
			async show(stage) {
				await stage.mentor.close();
				const [mentor, learner] = await stage.studio.call(stage.lesson, LANGUAGE);
				stage.mentor = mentor!.page;
				for (const { page } of [mentor!, learner!])
					await controls(page).getByRole('button', { name: 'فتح المحادثة' }).click();
				for (const [page, text] of [
					[mentor!.page, 'المشتقّة هي ميل هذا المماس. ماذا يحدث عند القمّة؟'],
					[learner!.page, 'يصبح أفقيًا… أي صفرًا؟']
				] as const) {
					await page.getByRole('textbox').fill(text);
					await page.keyboard.press('Enter');
					await stage.mentor.getByRole('log').getByText(text).waitFor();
				}
				return stage.mentor;
			}
		},
		{
			name: 'arabic-more',
			words: '“More options”',
			async show({ mentor }) {
				return mentor;
			},
			async again(page) {
				if (!(await page.getByRole('menu').isVisible()))
					await controls(page).getByRole('button', { name: 'خيارات أخرى' }).click();
			}
		}
	]
});
