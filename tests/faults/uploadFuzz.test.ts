import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileUploads, noise, sha256 } from '../support/fileUpload.ts';
import { HOSTILE_TEXTS } from '../support/hostileFrames.ts';
import { openClient } from '../support/liveClient.ts';
import { openNeighbours, type Neighbours } from '../support/neighbours.ts';
import { cutRequest, type CutAnswer } from '../support/cutRequest.ts';
import { ATTACKS, measured, rounds } from '../support/rounds.ts';
import { isMeant } from '../support/soundStore.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

/** As many as one person may send at once, less what the tests themselves ask. */
const OF_ONE_PERSON = 120;
const PEOPLE = rounds(3, 60);
const PICTURES = rounds(60, 1_000);

let world: World;
let neighbours: Neighbours;
beforeAll(async () => {
	world = await startWorld();
	neighbours = await openNeighbours(world);
});
afterAll(async () => {
	neighbours.close();
	await world.close();
});

async function liveLesson(): Promise<Lesson> {
	const lesson = await world.classroom();
	const mentor = openClient(world.url, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	await mentor.close();
	return lesson;
}

/** What HTTP lets into a header. */
const sendable = (text: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
const number = fc.constantFrom(
	'0',
	'1',
	'17',
	'400',
	'-1',
	'1.5',
	'1e3',
	'0x10',
	'',
	' ',
	'NaN',
	'99999999999999999999',
	'26214401'
);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const name = fc
	.constantFrom(...HOSTILE_TEXTS, 'notes.txt', 'a/b.txt', '..\\..\\x', 'x'.repeat(300))
	.map(base64);
const metadata = fc.oneof(
	fc
		.tuple(name, fc.constantFrom('clientId', 'sha256', '__proto__', 'filename'), name)
		.map(([file, key, value]) => `filename ${file},${key} ${value}`),
	name.map((file) => `filename ${file},clientId ${base64('a-client-id-of-a-page')}`),
	fc.constantFrom(
		'filename',
		'filename =',
		'filename !!!',
		',,,',
		' ',
		'filename YQ==,filename Yg==',
		'filename  YQ==',
		'__proto__ YQ==',
		'x'.repeat(8_000)
	)
);
const headers = fc.record(
	{
		'tus-resumable': fc.constantFrom('1.0.0', '1.0.0', '1.0.0', '0.2.2', ''),
		'upload-length': number,
		'upload-offset': number,
		'upload-metadata': metadata,
		'upload-defer-length': fc.constantFrom('1', '2'),
		'upload-concat': fc.constantFrom('partial', 'final;/a /b', 'x'),
		'upload-checksum': fc.constantFrom('sha1 x', 'crc32'),
		'x-http-method-override': fc.constantFrom('PATCH', 'DELETE', 'OPTIONS', 'GET', 'TRACE'),
		'x-forwarded-host': fc.constantFrom('elsewhere.test', '[::1', '%'),
		'content-type': fc.constantFrom('application/offset+octet-stream', 'text/html', ''),
		range: fc.constantFrom('bytes=0-1', 'bytes=9-1')
	},
	{ requiredKeys: ['tus-resumable'] }
);

/** One request, about this upload or others. */
function requests({ path, mentor }: Lesson, id: string) {
	const place = fc.constantFrom(
		...[
			'',
			'',
			`/${id}`,
			`/${id}`,
			`/${id}`,
			`/${id}/`,
			'/nothing-there',
			'/__proto__',
			`/${id}/more`,
			'/..%2f..%2fx',
			'/%00'
		],
		...[`/${id}?x=%`, '?', '/', `/${'x'.repeat(3_000)}`]
	);
	return fc.record({
		method: fc.constantFrom(
			'POST',
			'POST',
			'PATCH',
			'PATCH',
			'PATCH',
			'HEAD',
			'DELETE',
			'GET',
			'PUT',
			'OPTIONS'
		),
		path: place.map((end) => `${path}/uploads${end}`),
		headers: headers.map((given) => ({
			...{ origin: world.url, cookie: mentor.cookie },
			...Object.fromEntries(
				Object.entries(given).filter(([, value]) => value !== undefined && sendable(value))
			)
		})),
		body: fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array({ minLength: 1, maxLength: 600 })),
		cutAfter: fc.option(fc.nat({ max: 100 }), { freq: 6 })
	});
}

/** Done, or refused with a reason that is no fault of ours. */
function expectMeant({ status, text }: CutAnswer, asked: unknown): void {
	if (status === null) return;
	expect(status, `${JSON.stringify(asked)} ${text}`).toBeLessThan(500);
	if (status < 400 || text === '') return;
	const reason = /"reason":"([a-z-]+)"/.exec(text)?.[1];
	if (reason !== undefined) expect(isMeant(reason)).toBe(true);
}

test('[B5] [S6] whatever is said to the upload address: never an error of ours, and what is there is whole', async () => {
	let sent = 0;
	const statuses = new Map<number | null, number>();
	const attack = (async () => {
		for (let person = 0; person < PEOPLE; person += 1) {
			const lesson = await liveLesson();
			const files = fileUploads(world.url, lesson, lesson.mentor);
			const bytes = noise(400);
			const [good, attacked] = [
				await files.handOver('good.bin', bytes),
				await files.begun('attacked.bin', 400)
			];
			await fc.assert(
				fc.asyncProperty(requests(lesson, attacked), async (asked) => {
					const answer = await cutRequest(world.url, asked);
					sent += 1;
					statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
					expectMeant(answer, asked);
				}),
				{ seed: ATTACKS + person, numRuns: OF_ONE_PERSON, endOnFailure: true }
			);
			// What was there is there as it was; what came is what was announced, under a name that is one.
			await until(async () => {
				const { resources } = await files.shelf();
				expect(resources.map(({ id }) => id)).toContain(good.id);
				for (const { id, name: shown, size } of resources) {
					expect(shown).not.toMatch(/[/\\\0]|^$/);
					expect(shown.length).toBeLessThanOrEqual(180);
					expect((await (await files.download(id)).arrayBuffer()).byteLength).toBe(size);
				}
			});
			expect(sha256(new Uint8Array(await (await files.download(good.id)).arrayBuffer()))).toBe(sha256(bytes));
		}
	})();
	const [taken] = await Promise.all([neighbours.chatWhile(attack, 20), attack]);
	expect(neighbours.wasCut()).toBe(false);
	measured('[B5] malformed requests to the upload address', '', sent, 'none accepted');
	measured('[B5] say to arrival in another room meanwhile', 'ms', taken, '');
	// Nothing got out of its folder.
	const known = await world.store.db
		.select({ id: world.store.tables.uploads.id })
		.from(world.store.tables.uploads);
	const there = await readdir(join(world.server.dataDir, 'uploads'));
	expect(there.filter((each) => !known.some(({ id }) => id === each))).toEqual([]);
	// Done, refused by the rules of uploads, refused before them.
	expect(statuses.size, [...statuses].join()).toBeGreaterThan(3);
	expect(world.server.output().slice(0, 1_000)).toBe('');
});

test('[B5] [B3] pictures and forms that are none, break off or are too large: refused, never an error of ours', async () => {
	const lesson = await liveLesson();
	const { cookie } = lesson.mentor;
	const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(50)]);
	const part = (file: string, content: Buffer) =>
		Buffer.concat([
			Buffer.from(`--x\r\nContent-Disposition: form-data; name="picture"; filename="${file}"\r\n\r\n`),
			content,
			Buffer.from('\r\n--x--\r\n')
		]);
	const bodies = [
		...[
			Buffer.alloc(0),
			Buffer.from('--x'),
			Buffer.from('{}'),
			png,
			Buffer.from('a=%ff&b=%'),
			Buffer.alloc(70_000, 'x')
		],
		...[
			part('me.png', png),
			part('../../me.png', Buffer.from('<svg onload=alert(1)>')),
			part('x'.repeat(5_000), png)
		],
		// One byte more than a picture of a person, and more than anything may be.
		...[part('large.png', Buffer.concat([png, Buffer.alloc(1024 * 1024)])), Buffer.alloc(6 * 1024 * 1024)]
	];
	const asked = fc.record({
		method: fc.constantFrom('POST', 'PUT'),
		path: fc.constantFrom(
			...['/account?/picture', '/account?/profile', '/language', '/sessions/new', '/login'],
			...[
				`${lesson.path}/board/files/picture-1`,
				`${lesson.path}/board/files/%00`,
				'/sessions/conflicts',
				'/account?/nothing'
			]
		),
		headers: fc
			.record({
				'content-type': fc.constantFrom(
					...['multipart/form-data; boundary=x', 'multipart/form-data', 'application/x-www-form-urlencoded'],
					...['application/json', 'image/png', 'text/plain', '']
				),
				accept: fc.constantFrom('text/html', 'application/json', '*/*')
			})
			.map((given) => ({ ...given, origin: world.url, cookie })),
		body: fc.constantFrom(...bodies),
		cutAfter: fc.option(fc.nat({ max: 100 }), { freq: 6 })
	});
	await fc.assert(
		fc.asyncProperty(asked, async (given) => {
			const { body, ...shown } = given;
			expectMeant(await cutRequest(world.url, given), { ...shown, bytes: body.length });
		}),
		{ seed: ATTACKS, numRuns: PICTURES, endOnFailure: true }
	);
	expect(world.server.output().slice(0, 1_000)).toBe('');
});
