import { createHash } from 'node:crypto';
import { createId } from '../../src/lib/server/ids.ts';
import { anElement, aStroke } from '../../src/lib/shared/boardFixture.ts';
import { expectNoViolation } from '../support/axe.ts';
import { downloaded, expectWholeSvg, filesInZip } from '../support/exportedFile.ts';
import { fileUploads, noise } from '../support/fileUpload.ts';
import { expect, test } from '../support/lessonTest.ts';
import { openClient } from '../support/liveClient.ts';
import type { Lesson, Person, World } from '../support/world.ts';

const bytesOfNoise = noise(3_000_000);
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** A lesson that is over: interrupted once, with words in the chat, a drawing and three files, two of one name. */
async function pastLesson(world: World): Promise<Lesson & { learner: Person }> {
	const lesson = await world.classroom({ title: 'Limits: 1/n <b>' });
	const { roomCode, mentor } = lesson;
	const learner = lesson.learners[0]!;
	const [teaching, learning] = [openClient(world.url, mentor), openClient(world.url, learner)];
	const watched = teaching.followLive(lesson);
	const seat = learning.followLive(lesson);
	await expect.poll(() => watched.people().length).toBe(2);
	await teaching.trpc.room.start.mutate({ roomCode });
	await learning.trpc.room.say.mutate({ roomCode, clientId: createId(), text: 'Is it ever 0?\nReally?' });
	await teaching.trpc.board.put.mutate({
		roomCode,
		elements: [
			anElement('page', { id: 'p1' }),
			anElement('ellipse', { id: createId() }),
			aStroke(createId(), 40)
		]
	});
	await learning.trpc.room.leaveSeat.mutate({ roomCode, seatId: seat.seatId });
	seat.stop();
	await expect.poll(() => watched.people().length).toBe(1);
	const leftAt = Date.now();
	// As long as counts as an interruption.
	await expect.poll(() => Date.now() - leftAt).toBeGreaterThan(1_500);
	learning.followLive(lesson);
	await expect.poll(() => watched.people().length).toBe(2);
	await teaching.trpc.room.end.mutate({ roomCode });
	const files = fileUploads(world.url, lesson, mentor);
	const bytes = (text: string) => new TextEncoder().encode(text);
	await files.handOver('notes.txt', bytes('the first'));
	await files.handOver('notes.txt', bytes('the second'));
	await files.handOver('noise.bin', bytesOfNoise);
	await Promise.all([teaching.close(), learning.close()]);
	return { ...lesson, learner };
}

test('[F6] the recap: what interrupted the lesson, a note that is not lost, the next plan, everything to take along', async ({
	world,
	open
}) => {
	const lesson = await pastLesson(world);
	const mentor = await open(lesson.mentor, { expectErrors: /Failed to load resource/ });
	const { page } = mentor;
	await page.goto(`${lesson.path}/recap`);

	const interruptions = page.getByRole('list', { name: 'Interruptions' });
	await expect(interruptions.getByRole('listitem')).toHaveCount(1);
	await expect(interruptions).toContainText(`${lesson.learner.name} had left`);
	await expect(page.getByText(/^Interrupted once, \d+ s in all$/)).toBeVisible();

	const note = page.getByLabel('Note for the next lesson');
	await note.fill('Begin with (1 + 1/n)ⁿ');
	await expect(page.getByText('Not saved yet; kept in this tab.')).toBeVisible();
	await page.reload();
	await expect(note).toHaveValue('Begin with (1 + 1/n)ⁿ');
	await mentor.button('Save note').click();
	await expect(page.getByText('Saved', { exact: true })).toBeVisible();
	await expectNoViolation(page, 'the mentor’s recap');

	// The archive: given up, failed, and made.
	const download = mentor.button('Download everything');
	const files = /\/resources\/[^/]+$/;
	await page.route(files, () => new Promise(() => undefined));
	await download.click();
	await expect(page.getByText(/^Fetching “.+”, file 1 of 3…$/)).toBeVisible();
	await expectNoViolation(page, 'the archive on its way');
	await mentor.button('Cancel').click();
	await expect(download).toBeFocused();
	await expect(page.getByText(/^Fetching/)).toHaveCount(0);
	await page.unroute(files);
	await page.route(files, (route) => route.abort());
	await download.click();
	await expect(page.getByRole('alert')).toContainText('could not be fetched. Check your connection');
	await page.unroute(files);
	const archive = await downloaded(page, download);
	expect(archive.name).toMatch(/^Limits 1 n b - Recap - \d{4}-\d\d-\d\d\.zip$/);
	const inside = filesInZip(archive);
	expect([...inside.keys()].sort()).toEqual([
		'Chat.txt',
		'Files/noise.bin',
		'Files/notes (2).txt',
		'Files/notes.txt',
		'Recap.html',
		'Whiteboard/Whiteboard.png',
		'Whiteboard/Whiteboard.svg'
	]);
	expect(sha256(inside.get('Files/noise.bin')!)).toBe(sha256(bytesOfNoise));
	expect([inside.get('Files/notes.txt'), inside.get('Files/notes (2).txt')].map(String).sort()).toEqual([
		'the first',
		'the second'
	]);
	expect(String(inside.get('Chat.txt'))).toMatch(/\[\d\d:\d\d\] Alan Turing: Is it ever 0\?\r\n {4}Really\?/);
	await expectWholeSvg(page, { name: '', bytes: inside.get('Whiteboard/Whiteboard.svg')! });
	expect(inside.get('Whiteboard/Whiteboard.png')!.subarray(1, 4).toString()).toBe('PNG');
	const document = String(inside.get('Recap.html'));
	for (const words of ['Limits: 1/n &lt;b&gt;', 'had left', 'Begin with', 'Files/notes%20(2).txt', 'Really?'])
		expect(document).toContain(words);
	expect(document).not.toContain('<script');

	// On paper: the board is drawn before, and nothing that only a screen can do is left.
	await page.evaluate(() => {
		window.print = () => {
			const drawn = window.document.querySelectorAll('.recap img').length;
			window.document.body.dataset.printed = String(drawn);
		};
	});
	await mentor.button('Print').click();
	await expect(page.locator('body')).toHaveAttribute('data-printed', '1');
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('banner')).toBeHidden();
	await expect(mentor.button('Save note')).toBeHidden();
	await expect(page.getByLabel('Choose files')).toBeHidden();
	await expect(page.getByText('Begin with (1 + 1/n)ⁿ').last()).toBeVisible();
	const pdf = await page.pdf({ preferCSSPageSize: true });
	expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
	expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length).toBeLessThanOrEqual(3);
	await page.emulateMedia({ media: null });

	await page.getByRole('link', { name: 'Plan the next session' }).click();
	await expect(page.getByText(lesson.learner.email)).toBeVisible();
	await expect(page.getByLabel('Title')).toHaveValue(lesson.title);

	const learner = await open(lesson.learner, {
		context: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }
	});
	await learner.page.goto(`${lesson.path}/recap`);
	await expect(learner.page.getByText('Begin with (1 + 1/n)ⁿ')).toBeVisible();
	await expect(learner.button('Save note')).toHaveCount(0);
	await expect(learner.page.getByText('No further session with Grace Hopper is planned yet.')).toBeVisible();
	await expect
		.poll(() => learner.page.evaluate(() => window.document.documentElement.scrollWidth - innerWidth))
		.toBe(0);
	await expectNoViolation(learner.page, 'the learner’s recap');
});
