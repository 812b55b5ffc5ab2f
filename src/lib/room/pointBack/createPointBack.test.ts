import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOARD_DRAWS_PER_SECOND } from '../../shared/boardLimits.ts';
import { drawSchema } from '../../shared/boardSchemas.ts';
import { NO_MEDIA } from '../../shared/live.ts';
import { fakeBoardServer } from '../fakes/fakeBoardServer.ts';
import { fakeClock } from '../fakes/fakeClock.ts';
import { createPointBack } from './createPointBack.ts';

const NAMES = ['maya', 'liam', 'aisha'];

/** Three people in a room; `maya` shares her screen. */
function lesson() {
	const clock = fakeClock();
	const server = fakeBoardServer();
	const listeners = new Set<() => void>();
	const sharing = new Set(['maya']);
	let here = [...NAMES];
	let ids = 0;
	const people = (me: string) =>
		here.map((userId) => ({
			...{ seatId: `seat-${userId}`, userId, name: userId, isMe: userId === me },
			media: { ...NO_MEDIA, screen: sharing.has(userId) }
		}));
	function enter(userId: string) {
		const link = server.link(userId, false);
		const room = {
			people: () => people(userId),
			subscribe(listener: () => void) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			}
		};
		const pointBack = createPointBack({ link, clock, room, randomId: () => `${userId}-${++ids}` });
		const seen = () =>
			pointBack.marksOn('seat-maya').map(({ name, tool, tip, mine, fading }) => {
				return [mine ? 'me' : name, tool, tip.x, tip.y, ...(fading ? ['fading'] : [])].join(' ');
			});
		return { ...pointBack, seen, link };
	}
	const change = (run: () => void) => {
		run();
		for (const listener of listeners) listener();
	};
	return {
		...{ clock, server, maya: enter('maya'), liam: enter('liam'), aisha: enter('aisha') },
		share: (who: string, on: boolean) => change(() => (on ? sharing.add(who) : sharing.delete(who))),
		leave: (who: string) => change(() => (here = here.filter((one) => one !== who)))
	};
}

test('[X2] a laser shows at everybody, with its owner, to the ten thousandth; lifted it is gone at once', async () => {
	const { clock, maya, liam, aisha } = lesson();
	liam.point('seat-maya', 'laser', { x: 0.12344, y: 0.98766 });
	expect(liam.seen()).toEqual(['me laser 0.12344 0.98766']);
	await clock.advance(60);
	for (const other of [maya, aisha]) expect(other.seen()).toEqual(['liam laser 0.1234 0.9877']);
	await clock.advance(30_000);
	for (const other of [maya, aisha, liam]) expect(other.seen()).toHaveLength(1);
	liam.lift();
	expect(liam.seen()).toEqual([]);
	await clock.advance(60);
	for (const other of [maya, aisha]) expect(other.seen()).toEqual([]);
});

test('[X2] what the pen draws stays four seconds, fading at last', async () => {
	const { clock, maya, liam } = lesson();
	for (const x of [0.1, 0.2, 0.3]) liam.point('seat-maya', 'pen', { x, y: 0.5 });
	liam.lift();
	await clock.advance(3_400);
	expect(maya.seen()).toEqual(['liam pen 0.3 0.5']);
	await clock.advance(300);
	expect(maya.seen()).toEqual(['liam pen 0.3 0.5 fading']);
	await clock.advance(500);
	for (const one of [maya, liam]) expect(one.seen()).toEqual([]);
});

test('[X2] several people point at once, the sharer on the own picture too', async () => {
	const { clock, maya, liam, aisha } = lesson();
	maya.point('seat-maya', 'laser', { x: 0, y: 0 });
	liam.point('seat-maya', 'pen', { x: 1, y: 0 });
	aisha.point('seat-maya', 'laser', { x: 1, y: 1 });
	await clock.advance(60);
	expect([...maya.seen()].sort()).toEqual(['aisha laser 1 1', 'liam pen 1 0', 'me laser 0 0']);
	expect([...aisha.seen()].sort()).toEqual(['liam pen 1 0', 'maya laser 0 0', 'me laser 1 1']);
});

test('[S3] a fast pen sends twenty times a second at most, all of it, and only what the server takes', async () => {
	const { clock, server, maya, liam } = lesson();
	for (let at = 0; at < 1_500; at += 1) {
		liam.point('seat-maya', 'pen', { x: at / 2_000, y: 0.5 });
		await clock.advance(2);
	}
	liam.lift();
	await clock.advance(100);
	// Three seconds of it, its end, and the place where it goes on as another stroke.
	expect(server.drawn.length).toBeLessThanOrEqual(3 * (BOARD_DRAWS_PER_SECOND / 2) + 4);
	for (const input of server.drawn) expect(drawSchema.safeParse(input).success).toBe(true);
	const shown = new Set(maya.marksOn('seat-maya').flatMap(({ points }) => points.map(({ x }) => x)));
	expect(shown.size).toBe(1_500);
});

test('[X2] strokes that follow on each other at once lose nothing', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ points: fc.integer({ min: 1, max: 5 }), wait: fc.integer({ min: 0, max: 80 }) }), {
				minLength: 1,
				maxLength: 8
			}),
			async (strokes) => {
				const { clock, maya, liam } = lesson();
				for (const [row, { points, wait }] of strokes.entries()) {
					for (let x = 0; x < points; x += 1) liam.point('seat-maya', 'pen', { x: x / 10, y: row / 10 });
					liam.lift();
					await clock.advance(wait);
				}
				await clock.advance(60);
				const lines = maya.marksOn('seat-maya').map((mark) => mark.points.length);
				expect(lines).toEqual(strokes.map(({ points }) => points));
			}
		),
		{ numRuns: 60 }
	);
});

test('[X2] nothing is sent when nobody shares, and it all ends with the share', async () => {
	const { clock, server, share, maya, liam } = lesson();
	liam.point('seat-aisha', 'laser', { x: 0.5, y: 0.5 });
	await clock.advance(60);
	expect(server.drawn).toEqual([]);
	liam.point('seat-maya', 'pen', { x: 0.5, y: 0.5 });
	await clock.advance(60);
	liam.point('seat-maya', 'pen', { x: 0.6, y: 0.5 });
	const sent = server.drawn.length;
	share('maya', false);
	liam.point('seat-maya', 'pen', { x: 0.7, y: 0.5 });
	await clock.advance(10_000);
	expect(server.drawn).toHaveLength(sent);
	share('maya', true);
	for (const one of [maya, liam]) expect(one.seen()).toEqual([]);
});

test('[T8] whoever goes or reloads in the middle leaves no ghost', async () => {
	const { clock, leave, maya, aisha, liam } = lesson();
	liam.point('seat-maya', 'pen', { x: 0.5, y: 0.5 });
	aisha.point('seat-maya', 'laser', { x: 0.5, y: 0.5 });
	await clock.advance(60);
	// Gone without a word: only the server’s list tells, or time.
	liam.link.end();
	aisha.link.end();
	expect(maya.seen()).toHaveLength(2);
	leave('liam');
	expect(maya.seen()).toEqual(['aisha laser 0.5 0.5']);
	await clock.advance(5_000);
	expect(maya.seen()).toEqual([]);
});

test('[T1] without the server one still sees one’s own pen; nothing of it is delivered late', async () => {
	const { clock, server, maya, liam } = lesson();
	liam.link.cut();
	liam.point('seat-maya', 'pen', { x: 0.5, y: 0.5 });
	expect(liam.seen()).toHaveLength(1);
	await clock.advance(2_000);
	liam.lift();
	await clock.advance(100);
	liam.link.restore();
	await clock.advance(1_000);
	expect(server.drawn).toEqual([]);
	expect(maya.seen()).toEqual([]);
});

test('[X2] a closed page sends and hears nothing any more', async () => {
	const { clock, server, maya, liam } = lesson();
	liam.point('seat-maya', 'laser', { x: 0.5, y: 0.5 });
	liam.close();
	await clock.advance(60);
	expect(server.drawn).toEqual([]);
	liam.lift();
	maya.point('seat-maya', 'laser', { x: 0.5, y: 0.5 });
	await clock.advance(60);
	expect(liam.seen()).toEqual([]);
});

test('[S6] coordinates beside the picture are shown on its edge', async () => {
	const { clock, server, maya, liam } = lesson();
	expect(maya.seen()).toEqual([]);
	const ink = {
		strokeId: 'x',
		pageId: 'screen-seat-maya',
		kind: 'pointback' as const,
		color: '#000000',
		width: 0
	};
	await liam.link.board.draw({ seatId: 'seat-liam', ink: { ...ink, from: 0, points: [-7, 3e5, 0.5] } });
	await clock.advance(60);
	expect(maya.seen()).toEqual(['liam laser 0 1']);
	expect(server.drawn).toHaveLength(1);
});
