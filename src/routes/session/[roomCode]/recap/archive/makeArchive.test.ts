import { expect, test } from 'vitest';
import type { Recap } from '$lib/server/recap/recapService.ts';
import { anElement } from '../../../../../lib/shared/boardFixture.ts';
import { FileGone } from './fileGone.ts';
import { makeArchive } from './makeArchive.ts';

const MAYA = { userId: 'm', name: 'Maya <Okafor>', role: 'mentor' as const };
const LIAM = { userId: 'l', name: 'Liam Chen', role: 'learner' as const };
const START = Date.UTC(2026, 6, 14, 15);
const MINUTE = 60_000;

const recap: Recap = {
	session: {
		...{ roomCode: 'code', title: 'Fractions: 1/2', status: 'completed', endReason: 'mentor' },
		...{ startsAt: START, endsAt: START + 60 * MINUTE, startedAt: START, endedAt: START + 50 * MINUTE },
		...{ startableFrom: START, members: [MAYA, LIAM] }
	},
	me: LIAM,
	durationSeconds: 3_000,
	time: {
		...{ lessonSeconds: 3_000, taughtSeconds: 2_820, interruptedSeconds: 180 },
		interruptions: [{ from: START + 10 * MINUTE, to: START + 13 * MINUTE, cause: 'lost', userIds: ['l'] }]
	},
	attendance: [
		{ ...MAYA, presentSeconds: 3_000, times: [] },
		{ ...LIAM, presentSeconds: 2_820, times: [] }
	],
	chat: [
		{ id: '1', authorId: 'm', authorName: MAYA.name, text: 'Hi\n[15:00] Liam: no', at: START + MINUTE },
		{ id: '2', authorId: 'l', authorName: LIAM.name, text: '<script>alert(1)</script>', at: START + MINUTE }
	],
	board: { pages: [anElement('page', { id: 'p1' })], objects: { p1: 2 } } as unknown as Recap['board'],
	resources: ['a.txt', 'A.txt'].map((name, nth) => ({
		...{ id: `f${nth}`, name, size: 3, type: 'text/plain', uploadedBy: 'm', uploadedAt: START }
	})),
	feedback: [
		{
			person: MAYA,
			mine: { stars: 5, comment: 'Thank you', connectionToBlame: true, revealed: false },
			theirs: null,
			revealsAt: Date.UTC(2026, 6, 21, 15)
		}
	],
	note: { text: 'Bring a pencil', updatedAt: START },
	next: null,
	earning: null
};

function make(given: Partial<Parameters<typeof makeArchive>[0]> = {}) {
	const said: string[] = [];
	const shares: number[] = [];
	const made = makeArchive({
		recap,
		timeZone: 'UTC',
		readPage: async () => [],
		loadDrawing: async () => ({
			drawSvg: async () => ({ picture: { text: '<svg/>', width: 1, height: 1 }, missing: 0 }),
			drawPng: async () => ({ picture: new Blob(['png']), missing: 0 })
		}),
		openFile: async (id) => new Blob([id, '!']).stream(),
		onProgress: (words, share) => {
			said.push(words);
			shares.push(share);
		},
		signal: new AbortController().signal,
		...given
	});
	return { made, said, shares };
}

test('[F6] everything of a lesson is in it, and what is being done is said', async () => {
	const { made, said, shares } = make();
	const { name, blob, note } = await made;
	expect([name, note]).toEqual(['Fractions 1 2 - Recap - 2026-07-14.zip', '']);
	const text = await blob.text();
	for (const part of [
		'Recap.html',
		'Chat.txt',
		'Whiteboard/Whiteboard.svg',
		'Files/a.txt',
		'Files/A (2).txt'
	])
		expect(text).toContain(part);
	for (const part of ['<svg/>', 'png', 'f0!', 'f1!']) expect(text).toContain(part);
	expect(said).toContain('Fetching “A.txt”, file 2 of 2…');
	expect(shares).toEqual([...shares].sort((a, b) => a - b));
	expect(Math.max(...shares)).toBe(1);
});

test('[S6] what people wrote is text in it, and nobody can write in somebody else’s name', async () => {
	const text = await (await make().made).blob.text();
	expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
	expect(text).toContain('Maya &lt;Okafor&gt;');
	expect(text).toContain('[15:01] Maya <Okafor>: Hi\r\n    [15:00] Liam: no\r\n');
	expect(text).toContain('Liam Chen’s connection was lost');
	expect(text).toContain('Bring a pencil');
	expect(text).toContain('sees it when they have rated you too, or on 21 July.');
});

test('[F6] in the document addresses lead somewhere, and texts are read in their own direction', async () => {
	const message = { id: '1', authorId: 'l', authorName: 'ليلى', at: START };
	const chat = [{ ...message, text: 'انظر https://example.org/?a=1&b=2.' }];
	const text = await (await make({ recap: { ...recap, chat } }).made).blob.text();
	expect(text).toContain('<bdi>ليلى</bdi>');
	expect(text).toContain(
		'<blockquote dir="auto">انظر <a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">https://example.org/?a=1&amp;b=2</a>.</blockquote>'
	);
});

test('[F6] a file that was removed meanwhile is left out, and that is said', async () => {
	const { made } = make({
		openFile: async (id) => {
			if (id === 'f1') throw new FileGone();
			return new Blob(['one']).stream();
		}
	});
	const { blob, note } = await made;
	expect(note).toBe('“A.txt” was removed meanwhile and left out.');
	expect(await blob.text()).not.toContain('A (2).txt');
});

test('[F6] what cannot be fetched is named, and nothing half is handed out', async () => {
	const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
		pull: (controller) => controller.error(new Error('cut'))
	});
	await expect(make({ openFile: async () => broken }).made).rejects.toThrow(
		'“a.txt” could not be fetched. Check your connection and try again.'
	);
	await expect(make({ loadDrawing: () => Promise.reject(new Error('cut')) }).made).rejects.toThrow(
		'The whiteboard could not be fetched.'
	);
});

test('[F6] given up it stops asking', async () => {
	const abort = new AbortController();
	const asked: string[] = [];
	const { made } = make({
		signal: abort.signal,
		openFile: async (id) => {
			asked.push(id);
			abort.abort();
			return new Blob(['one']).stream();
		}
	});
	await expect(made).rejects.toMatchObject({ name: 'AbortError' });
	expect(asked).toEqual(['f0']);
});
