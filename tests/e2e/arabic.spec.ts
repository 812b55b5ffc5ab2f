import type { Page } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { latinWords } from '../support/latinWords.ts';
import { expect, test } from '../support/lessonTest.ts';

const NAMES = ['مها الخطيب', 'سامي حدّاد'];
const TITLE = 'الكسور والنسب';

/** Windows that “More options” opens, and something that stands in them. */
const WINDOWS = {
	الأجهزة: 'إلغاء الصدى',
	التخطيط: 'الترتيب',
	'اختصارات لوحة المفاتيح': 'عرض هذه القائمة',
	'تفاصيل الاتصال': 'الخصوصية',
	'تشغيل التسميات التوضيحية': 'عرض كلامي نصًا'
};

/** Arabic, from right to left, without an English word or something to scroll sideways. */
async function expectArabic(page: Page, where: string): Promise<void> {
	await expect(page.locator('html')).toHaveAttribute('lang', /^ar/);
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	expect.soft(await latinWords(page), where).toEqual([]);
	const { width } = page.viewportSize()!;
	expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(width);
}

/** The same without a violation either, for one of each kind of page: reading them all takes its time. */
async function expectAccessibleArabic(page: Page, where: string): Promise<void> {
	await expectArabic(page, where);
	await expectNoViolation(page, where);
}

test('who reads Arabic reads no English, from the first page to the last, on a phone too', async ({
	world,
	open
}) => {
	test.slow();
	const phone = { locale: 'ar', viewport: { width: 390, height: 844 } };
	const lesson = await world.classroom({ names: NAMES, title: TITLE });
	const guest = await open(lesson.mentor, { signedIn: false, context: phone });
	for (const path of ['/', '/login', '/signup']) {
		await guest.page.goto(path);
		await expectArabic(guest.page, path);
	}
	// What the server says about a form is Arabic too.
	await guest.page.locator('main form button[type=submit]').click();
	await expect(guest.page.getByText('يُرجى إدخال اسمك.')).toBeVisible();
	await expectAccessibleArabic(guest.page, 'sign-up with errors');

	const options = { context: { locale: 'ar' }, expectErrors: /404|CLOSING or CLOSED/ };
	const mentor = await open(lesson.mentor, options);
	const learner = await open(lesson.learners[0]!, { ...options, context: phone });
	const planned = `/sessions/${lesson.roomCode}`;
	for (const path of ['/dashboard', '/sessions/new', planned, '/calendar', '/nowhere']) {
		await mentor.page.goto(path);
		await expectArabic(mentor.page, path);
	}
	for (const path of ['/dashboard', planned, '/calendar', '/notifications', '/setup']) {
		await learner.page.goto(path);
		await expectAccessibleArabic(learner.page, path);
	}
	for (const { page } of [mentor, learner]) await page.goto(lesson.path);
	await expect(mentor.button('بدء الجلسة')).toBeEnabled();
	await expect(learner.page.getByText('المرشد، هنا الآن')).toBeVisible();
	await expectArabic(mentor.page, 'lobby');
	await expectAccessibleArabic(learner.page, 'lobby');
	for (const { button } of [mentor, learner]) {
		await button('تشغيل الكاميرا والميكروفون').click();
		await expect(button('إيقاف الكاميرا')).toBeVisible();
	}
	await mentor.button('بدء الجلسة').click();
	const controls = ({ page }: { page: Page }) => page.getByRole('toolbar', { name: 'أدوات المكالمة' });
	for (const person of [mentor, learner])
		await expect(controls(person).getByRole('button', { name: 'كتم الميكروفون' })).toBeEnabled();
	await expectArabic(mentor.page, 'the call');
	await expectAccessibleArabic(learner.page, 'the call');
	await controls(mentor).getByRole('button', { name: 'فتح المحادثة' }).click();
	await mentor.page.getByRole('textbox').fill('مرحبًا');
	await mentor.page.keyboard.press('Enter');
	await controls(mentor).getByRole('button', { name: 'خيارات أخرى' }).click();
	await expect(mentor.page.getByRole('menu')).toBeVisible();
	await expectAccessibleArabic(mentor.page, 'chat and “More options”');
	for (const [name, content] of Object.entries(WINDOWS)) {
		await mentor.page.getByRole('menuitem', { name }).click();
		await expect(mentor.page.getByRole('dialog').getByText(content, { exact: true })).toBeVisible();
		await expectArabic(mentor.page, name);
		await mentor.page.keyboard.press('Escape');
		await expect(mentor.page.getByRole('dialog')).toBeHidden();
		await controls(mentor).getByRole('button', { name: 'خيارات أخرى' }).click();
	}
	await mentor.page.keyboard.press('Escape');
	await controls(mentor).getByRole('button', { name: 'فتح السبّورة' }).click();
	await expect(mentor.page.locator('canvas.interactive')).toBeVisible();
	await expectArabic(mentor.page, 'the whiteboard');
	await controls(mentor).getByRole('button', { name: 'إنهاء الجلسة' }).click();
	await expect(mentor.page.getByRole('alertdialog')).toBeVisible();
	await expectArabic(mentor.page, 'the question');
	await mentor.button('الإنهاء للجميع').click();
	for (const { page } of [mentor, learner]) {
		await expect(page.getByRole('dialog')).toBeVisible();
		await expectArabic(page, 'after the lesson');
		await page.keyboard.press('Escape');
		await expect(page).toHaveURL(/\/recap$/);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await (page === learner.page ? expectAccessibleArabic : expectArabic)(page, 'recap');
	}
});

test('the language is a choice that stays, also without scripts', async ({ world, open }) => {
	const lesson = await world.classroom();
	const { page } = await open(lesson.mentor, { context: { javaScriptEnabled: false } });
	await page.goto('/notifications?x=1');
	await page.getByRole('button', { name: 'العربية' }).click();
	await expect(page).toHaveURL(/\/notifications\?x=1$/);
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('الإشعارات');
	await page.goto('/dashboard');
	await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
	await page.getByRole('button', { name: 'English' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
});
