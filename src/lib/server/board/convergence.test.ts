import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anElement, deleted } from '../../shared/boardFixture.ts';
import type { BoardElement } from '../../shared/board.ts';
import type { Row } from '../db/store.ts';
import { LIAM, AISHA, MAYA, planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { openBoardPage, withoutPlace, type BoardMap } from './boardFixture.ts';
import { createBoard, type Board } from './boardService.ts';
import { selectChanges, toChange } from './boardQueries.ts';

let lesson: Lesson;
let open: AbortController;

beforeEach(async () => {
	lesson = await planLesson();
	open = new AbortController();
});
afterEach(async () => {
	open.abort();
	await lesson.close();
});

const PEOPLE = [MAYA, LIAM, AISHA];
const IDS = ['a', 'b', 'c', 'd'];
const who = fc.nat(PEOPLE.length - 1);
const step = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({ does: fc.constant('draw' as const), who, id: fc.constantFrom(...IDS) })
	},
	{
		weight: 2,
		arbitrary: fc.record({ does: fc.constant('delete' as const), who, id: fc.constantFrom(...IDS) })
	},
	{ weight: 3, arbitrary: fc.record({ does: fc.constant('undo' as const), who }) },
	{ weight: 2, arbitrary: fc.record({ does: fc.constant('offline' as const), who }) },
	{ weight: 2, arbitrary: fc.record({ does: fc.constant('online' as const), who }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('crash' as const) }) },
	// So that steps and the ways of messages mix differently each time.
	{
		weight: 4,
		arbitrary: fc.record({ does: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 6 }) })
	}
);

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Waits for it, but not for ever: what comes next says what is wrong. */
async function soon(condition: () => boolean): Promise<void> {
	const until = performance.now() + 10_000;
	while (!condition() && performance.now() < until) await turn();
}

async function changes(session: Row<'sessions'>) {
	const { tables, db } = lesson.store;
	const all = { after: 0, limit: 10_000, skipDeletedUpTo: 0 };
	return (await selectChanges(tables, db, session.id, all)).map(toChange);
}

async function table(session: Row<'sessions'>): Promise<BoardMap> {
	return new Map((await changes(session)).map(({ element }) => [element.id, withoutPlace(element)]));
}

/** What is on a board; who comes late never hears of what was deleted before. */
const shown = (board: BoardMap) => Object.fromEntries([...board].filter(([, element]) => !element.deleted));

async function playedOnce(steps: typeof step extends fc.Arbitrary<infer T> ? T[] : never, sizes: Sizes) {
	const session = await lesson.planAnother();
	await lesson.sessions.start(session);
	const servers = makeServers(sizes);
	let server = servers.start();
	const pages = PEOPLE.map((person) => openBoardPage(session, person));
	const online = pages.map(() => true);
	pages.forEach((page) => page.connect(server));
	let nonce = 0;

	for (const taken of steps) {
		if (taken.does === 'wait') for (let i = 0; i < taken.turns; i += 1) await turn();
		else if (taken.does === 'crash') {
			pages.forEach((page) => page.disconnect());
			server = servers.start();
			pages.forEach((page, i) => online[i] && page.connect(server));
		} else {
			const page = pages[taken.who]!;
			// Nobody ever makes the same (version, nonce) as another one.
			nonce += 1;
			if (taken.does === 'undo') page.undo(nonce);
			if (taken.does === 'offline') {
				online[taken.who] = false;
				page.disconnect();
			}
			if (taken.does === 'online' && !online[taken.who]) {
				online[taken.who] = true;
				page.connect(server);
			}
			if (taken.does === 'draw' || taken.does === 'delete') {
				const before: BoardElement =
					page.board().get(taken.id) ?? anElement('ellipse', { id: taken.id, version: 0 });
				const next = anElement('ellipse', { id: taken.id, version: before.version + 1, nonce });
				const moved = { ...next, data: { ...next.data, x: nonce } };
				page.change(taken.does === 'draw' ? moved : { ...deleted(before), nonce });
			}
		}
	}
	pages.forEach((page, i) => online[i] || page.connect(server));
	await soon(() => pages.every((page) => page.hasSent()));
	// The next change shows everybody what the bus has lost.
	servers.loseNothing();
	pages[0]!.change(anElement('text', { id: 'last' }));
	await soon(() => pages.every((page) => page.hasSent()));

	const stored = await table(session);
	const end = (await changes(session)).at(-1)?.seq ?? 0;
	const late = openBoardPage(session, LIAM);
	late.connect(server);
	for (const page of [...pages, late]) {
		await soon(() => page.place() >= end);
		page.giveWay();
		await soon(() => isDeepStrictEqual(shown(page.board()), shown(stored)));
		expect(shown(page.board())).toEqual(shown(stored));
	}
	expect(await table(session)).toEqual(stored);
	const { tables, db } = lesson.store;
	const [counted] = (await db.select().from(tables.boards)).filter(
		({ sessionId }) => sessionId === session.id
	);
	const live = Object.keys(shown(stored)).length;
	expect(counted ?? { objects: 0, elements: 0 }).toMatchObject({
		objects: live,
		elements: stored.size
	});
	[...pages, late].forEach((page) => page.disconnect());
	await server.close();
	await lesson.sessions.end(session, 'mentor');
}

interface Sizes {
	bufferSize: number;
	pageSize: number;
	/** Every how many-th message of the bus is lost; 0 for none. */
	loses: number;
}

/** One process after the other on the same database. The bus of the lesson loses messages until it is told not to. */
function makeServers({ loses, ...sizes }: Sizes) {
	let published = 0;
	let lossy = loses > 0;
	let passed = 0;
	const bus = {
		subscribe: lesson.bus.subscribe,
		publish(topic: string, message: unknown) {
			published += 1;
			if (!lossy || published % loses !== 0) lesson.bus.publish(topic, message);
		}
	};
	const presence = { holdsSeat: () => true, draw: () => undefined };
	const { store, roomLog, time } = lesson;
	// A lesson that stands still would spend the allowances.
	const now = () => time.now() + 1_000 * passed++;
	return {
		start: (): Board => createBoard({ store, roomLog, presence, bus, now, gatherMs: 0, ...sizes }),
		loseNothing: () => (lossy = false)
	};
}

test('[X3] whatever people draw, delete and undo, offline or not, whenever the server crashes: the same board everywhere and in the table', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { minLength: 5, maxLength: 60 }),
			fc.record({
				bufferSize: fc.integer({ min: 1, max: 8 }),
				pageSize: fc.integer({ min: 1, max: 8 }),
				loses: fc.constantFrom(0, 2, 3)
			}),
			playedOnce
		),
		// A board that stays different is waited for: to look for a smaller example would take minutes.
		{ numRuns: 60, endOnFailure: true }
	);
}, 120_000);
