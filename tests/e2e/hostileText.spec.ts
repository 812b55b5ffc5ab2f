import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { createId } from '../../src/lib/server/ids.ts';
import { anElement } from '../../src/lib/shared/boardFixture.ts';
import { fileUploads } from '../support/fileUpload.ts';
import { expect, test } from '../support/lessonTest.ts';
import { openClient, outcome } from '../support/liveClient.ts';
import { sidewaysScroll } from '../support/measures.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

/** Each would set this where it is run. */
declare global {
	interface Window {
		planted?: unknown;
	}
}

const MARKUP = '<img src=x onerror="planted=1"><script>planted=1</script>{{planted=1}}${planted=1}';
const LINKS = '[read](javascript:planted=1) javascript:planted=1 data:text/html,<script>planted=1</script>';
const TURNED = 'pay \u202E00001\u2066 EUR \u200F\u061C\u2067';
const MARKS = `Z${'\u0337\u0310\u035C'.repeat(3_333)}`;
const CHAIN = '👩‍👩‍👧‍👦\u200D'.repeat(400);
const BROKEN = 'a\u0000b\uD800c\uDC00d\u0007';
const WORD = 'w'.repeat(5_000);
const TEXTS = [MARKUP, LINKS, TURNED, MARKS, CHAIN, BROKEN, WORD];
const ALL = TEXTS.map((text) => text.slice(0, 250)).join('\n');

test('[B4] [S6] whatever people write is shown as text: nothing of it runs, and the pages stay whole', async ({
	world,
	open
}) => {
	const [mentor, learner] = await Promise.all([
		world.person('mentor', `<img src=x onerror=planted=1>{{planted=1}}${'w'.repeat(30)}`),
		world.person('learner', `Ann${CHAIN.slice(0, 40)}${MARKS.slice(0, 37)}`)
	]);
	const title = `"><script>planted=1</script>${'w'.repeat(90)}`;
	const lesson = await world.lesson({ mentor, learners: [learner], title });
	const { sessions } = world.store.tables;
	await world.store.transact(function* (tx) {
		const change = tx.update(sessions).set({ description: ALL.replaceAll('\u0000', '').toWellFormed() });
		yield change.where(eq(sessions.id, lesson.id)).returning({ id: sessions.id });
	});
	const context = { viewport: { width: 390, height: 844 } };
	const [teaching, learning] = await Promise.all([open(mentor, { context }), open(learner, { context })]);
	const { page } = teaching;

	await Promise.all([teaching.goTo(lesson), learning.goTo(lesson)]);
	await expect(page.getByRole('list', { name: 'Waiting learners' })).toContainText('Ann');
	await expectWhole(page, 'the lobby');
	await expect(page.getByText(title).first()).toBeVisible();
	await teaching.button('Start session').click();
	await expect(learning.toolbar).toBeVisible();

	// Straight to the server, which no field of ours stands before.
	const { roomCode } = lesson;
	const [mine, theirs] = [openClient(world.url, mentor), openClient(world.url, learner)];
	for (const text of TEXTS) {
		const said = theirs.trpc.room.say.mutate({ roomCode, clientId: createId(), text: text.slice(0, 2_000) });
		expect(['ok', 'bad-input']).toContain(await outcome(said));
	}
	const words = (text: string) =>
		anElement('text', {
			id: createId(),
			data: {
				...{ x: 0, y: 0, index: 'a0', strokeColor: '#1e1e1e', strokeWidth: 2, width: 300, height: 40 },
				...{ text, fontSize: 20, fontFamily: 6, lineHeight: 1.35 }
			}
		});
	for (const elements of [
		[anElement('page', { id: 'p1', data: { order: 'U', template: 'blank', title: MARKUP.slice(0, 80) } })],
		...TEXTS.map((text) => [words(text.slice(0, 1_000))])
	])
		expect(['ok', 'bad-input']).toContain(await outcome(mine.trpc.board.put.mutate({ roomCode, elements })));
	await learning.control('Open chat').click();
	await expect(learning.chat).toContainText(MARKUP);
	await expect(learning.chat).toContainText(LINKS);
	await expect(learning.chat).toContainText(WORD.slice(0, 2_000));
	await expectWhole(learning.page, 'the chat');
	await learning.control('Close chat').click();
	await whiteboardOf(learning).open();
	await learning.button('Objects').click();
	await expect(learning.page.getByRole('listbox', { name: 'Objects on the board' })).toContainText('onerror');
	await expectWhole(learning.page, 'the board');

	await teaching.control('End session').click();
	await teaching.button('End for everyone').click();
	await expect(page.getByRole('dialog')).toBeVisible();
	for (const [from, to] of [
		[mine, learner],
		[theirs, mentor]
	] as const) {
		const ratings = [{ rateeId: to.id, stars: 1, comment: ALL.slice(0, 2_000), connectionToBlame: null }];
		expect(['ok', 'bad-input']).toContain(
			await outcome(from.trpc.feedback.save.mutate({ roomCode, ratings }))
		);
	}
	await fileUploads(world.url, lesson, mentor).handOver(
		`../<img src=x onerror=planted=1>\u202Egnp.exe${'w'.repeat(300)}`,
		new TextEncoder().encode('words')
	);
	await Promise.all([mine.close(), theirs.close()]);

	await page.goto(`${lesson.path}/recap`);
	const note = page.getByLabel('Note for the next lesson');
	await note.fill(`${MARKUP}\n${TURNED}\n${WORD.slice(0, 3_000)}`);
	await teaching.button('Save note').click();
	await expect(page.getByText('Saved', { exact: true })).toBeVisible();
	await expect(page.getByRole('link', { name: /<img src=x onerror=planted=1>.*w/ }).first()).toBeVisible();
	await expect(page.getByText(MARKUP).first()).toBeVisible();
	await expectWhole(page, 'the recap');
	await learning.page.goto('/dashboard');
	await expect(learning.page.getByRole('heading', { name: title })).toBeVisible();
	await expectWhole(learning.page, 'the dashboard');
});

/** What the policy refused is told by the windows themselves (tests/support/policyWatch.ts). */
async function expectWhole(page: Page, where: string): Promise<void> {
	await expect.poll(() => sidewaysScroll(page), where).toEqual([]);
	const made = await page.evaluate(() => ({
		planted: window.planted,
		elements: document.querySelectorAll(
			'img[src="x"], [onerror], a[href^="javascript:" i], a[href^="data:" i]'
		).length
	}));
	expect(made, where).toEqual({ planted: undefined, elements: 0 });
}
