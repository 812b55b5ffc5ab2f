import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAPTION_MAX_CHARACTERS, type Caption } from '../../shared/captions.ts';
import { liveLesson, LIAM, MAYA } from '../fakes/fakeLesson.ts';
import { fakeRecogniser, type FakeRecogniser } from '../fakes/fakeRecogniser.ts';
import { fakeStorage } from '../fakes/fakeStorage.ts';
import type { Clock } from '../ports.ts';
import { captionText, foldCaption, freshLines, READABLE_FOR, type CaptionLine } from './captionLines.ts';
import { createCaptions } from './createCaptions.ts';

type Entered = Awaited<ReturnType<typeof liveLesson>>['maya'];

function captionsOf(
	{ room, link }: Entered,
	clock: Clock,
	recogniser: FakeRecogniser | null,
	storage = fakeStorage()
) {
	const captions = createCaptions({
		...{ link: link.company, clock, storage, place: 'demo', recogniser },
		room: {
			isInRoom: () => room.view().phase.name === 'inRoom',
			people: () => room.view().people,
			choice: () => room.view().captions,
			setChoice: room.setCaptions,
			subscribe: (listener) => room.subscribe(listener)
		}
	});
	return { captions, recogniser, storage };
}

async function twoWithCaptions() {
	const lesson = await liveLesson();
	const maya = captionsOf(lesson.maya, lesson.clock, fakeRecogniser());
	const liam = captionsOf(lesson.liam, lesson.clock, fakeRecogniser());
	await lesson.maya.room.turnOnDevices();
	await lesson.clock.advance(100);
	return { lesson, maya, liam };
}

describe('[Y1] live captions', () => {
	test('one asks, the other is asked and agrees, and what they say is read as it is said', async () => {
		const { lesson, maya, liam } = await twoWithCaptions();
		liam.captions.read(true);
		await lesson.clock.advance(100);
		expect(maya.captions.state().askedBy).toEqual([LIAM.userId]);
		// Nobody is heard before they agree.
		expect(maya.recogniser?.starts).toBe(0);
		maya.captions.give(true);
		await lesson.clock.advance(100);
		expect(maya.captions.state()).toMatchObject({ askedBy: [], own: 'listening' });
		expect(lesson.liam.room.view().people.map(({ captions }) => captions?.giving)).toEqual(['yes', 'no']);

		maya.recogniser?.say('We add');
		maya.recogniser?.say('We add  the');
		await lesson.clock.advance(400);
		maya.recogniser?.say('We add the numbers.', true);
		maya.recogniser?.say('Then', false);
		await lesson.clock.advance(400);
		expect(liam.captions.state().lines.map(({ text, final }) => [text, final])).toEqual([
			['We add the numbers.', true],
			['Then', false]
		]);
		// Far fewer messages than words, and nothing for who does not read.
		expect(lesson.maya.link.asked.caption).toBe(3);
		expect(maya.captions.state().lines).toEqual([]);
		await lesson.clock.advance(READABLE_FOR + 1_000);
		expect(liam.captions.state().lines).toEqual([]);
	});

	test('who is muted, or whom nobody reads, is not listened to', async () => {
		const { lesson, maya, liam } = await twoWithCaptions();
		liam.captions.read(true);
		await lesson.clock.advance(100);
		maya.captions.give(true);
		await lesson.clock.advance(100);
		await lesson.maya.room.setMicrophone(false);
		await lesson.clock.advance(100);
		expect(maya.recogniser?.isListening()).toBe(false);
		expect(maya.captions.state().own).toBe('paused');
		await lesson.maya.room.setMicrophone(true);
		await lesson.clock.advance(100);
		expect(maya.recogniser?.isListening()).toBe(true);
		liam.captions.read(false);
		await lesson.clock.advance(100);
		expect(maya.recogniser?.isListening()).toBe(false);
		liam.captions.read(true);
		await lesson.clock.advance(100);
		expect(maya.recogniser?.isListening()).toBe(true);
		maya.captions.give(false);
		expect(maya.recogniser?.isListening()).toBe(false);
	});

	test('a recogniser that stops by itself goes on; one that may not listen says so to everybody', async () => {
		const { lesson, maya, liam } = await twoWithCaptions();
		liam.captions.read(true);
		await lesson.clock.advance(100);
		maya.captions.give(true);
		await lesson.clock.advance(100);
		maya.recogniser?.say('Half a sen');
		maya.recogniser?.end('pause');
		await lesson.clock.advance(500);
		expect(maya.recogniser?.starts).toBe(2);
		expect(liam.captions.state().lines.map(({ text }) => text)).toEqual(['Half a sen']);
		maya.recogniser?.end('unreachable');
		expect(maya.captions.state().own).toBe('waiting');
		await lesson.clock.advance(2_000);
		expect(maya.recogniser?.isListening()).toBe(true);
		maya.recogniser?.end('denied');
		await lesson.clock.advance(5_000);
		expect(maya.recogniser?.isListening()).toBe(false);
		expect(maya.captions.state().own).toBe('denied');
		expect(maya.recogniser?.starts).toBe(3);
		expect(lesson.liam.room.view().people[0]?.captions).toEqual({ wanted: false, giving: 'cannot' });
	});

	test('a browser without a recogniser is asked nothing and says that it cannot', async () => {
		const lesson = await liveLesson();
		const maya = captionsOf(lesson.maya, lesson.clock, null);
		const liam = captionsOf(lesson.liam, lesson.clock, null);
		liam.captions.read(true);
		await lesson.clock.advance(200);
		expect(maya.captions.state().askedBy).toEqual([]);
		expect(lesson.liam.room.view().people[0]?.captions?.giving).toBe('cannot');
	});

	test('an answer is kept over a reload of the tab, and the server knows it again', async () => {
		const { lesson, maya, liam } = await twoWithCaptions();
		liam.captions.read(true);
		await lesson.clock.advance(100);
		maya.captions.give(false);
		maya.captions.close();
		lesson.maya.room.close();
		const again = lesson.enter(MAYA, lesson.maya.storage, true);
		await lesson.clock.advance(500);
		const after = captionsOf(again, lesson.clock, fakeRecogniser(), maya.storage);
		await lesson.clock.advance(500);
		expect(after.captions.state().askedBy).toEqual([]);
		expect(again.room.view().captions).toEqual({ wanted: false, giving: 'no' });
	});
});

test('a late text of a closed utterance changes nothing, and no more than three lines are kept', () => {
	const caption = fc.record({ utterance: fc.nat({ max: 6 }), text: fc.string(), final: fc.boolean() });
	fc.assert(
		fc.property(fc.array(caption), (captions: Caption[]) => {
			let lines: readonly CaptionLine[] = [];
			captions.forEach((one, at) => {
				const before = lines;
				lines = foldCaption(lines, { userId: 'u', seatId: 's' }, one, at);
				expect(lines.length).toBeLessThanOrEqual(3);
				for (const line of before.filter(({ final }) => final))
					expect(lines.find(({ id }) => id === line.id) ?? line).toEqual(line);
			});
			expect(freshLines(lines, captions.length)).toBe(lines);
		})
	);
});

test('[S3] whatever is heard, a caption is one line that the server takes', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (heard) => {
			const text = captionText(heard);
			expect(text.length).toBeLessThanOrEqual(CAPTION_MAX_CHARACTERS);
			expect(text).not.toMatch(/\n/u);
		})
	);
	expect(captionText(`${'word '.repeat(200)}end`)).toMatch(/^…word .* end$/u);
});
