import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBoard as createBoardPage } from '../../src/lib/room/board/createBoard.ts';
import { createBoardDeeds, DEEDS, type Deed } from '../../src/lib/room/fakes/boardDeeds.ts';
import { fakeBytes } from '../../src/lib/room/fakes/fakeBytes.ts';
import { fakeClock } from '../../src/lib/room/fakes/fakeClock.ts';
import { fakeStorage } from '../../src/lib/room/fakes/fakeStorage.ts';
import { rectangle } from '../../src/lib/room/fakes/fakeWhiteboard.ts';
import { readBoard, selectChanges, toChange } from '../../src/lib/server/board/boardQueries.ts';
import { AISHA, LIAM, MAYA, planLesson, type Lesson } from '../../src/lib/server/sessions/lessonFixture.ts';
import { beats, type StoredElement } from '../../src/lib/shared/board.ts';
import type { Member } from '../../src/lib/shared/roomState.ts';
import { startBoardServer, type BoardServer, type ServerSizes } from '../support/boardServer.ts';

/*
 * The board of a page and that of the server, both as they are, with a connection between them that comes and goes.
 */

let lesson: Lesson;
let ids = 0;

beforeEach(async () => {
	lesson = await planLesson();
});
afterEach(() => lesson.close());

const PEOPLE = [MAYA, LIAM, AISHA];
const deed = fc.record({
	who: fc.nat(PEOPLE.length - 1),
	what: fc.constantFrom(...DEEDS),
	which: fc.nat(50),
	nonce: fc.nat(1_000)
});
/** Between any two deeds the server may crash, or others have their turn so often. */
const step = fc.record({ deed, turns: fc.nat(3), crash: fc.nat(25).map((one) => one === 0) });
const sizes = fc.record({
	bufferSize: fc.integer({ min: 1, max: 8 }),
	pageSize: fc.integer({ min: 1, max: 8 }),
	loses: fc.constantFrom(0, 2, 3)
});

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Waits for it, but not for ever: what comes next says what is wrong. */
async function soon(clock: { advance(ms: number): Promise<void> }, condition: () => boolean): Promise<void> {
	const until = performance.now() + 10_000;
	while (!condition() && performance.now() < until) {
		await clock.advance(250);
		await turn();
	}
}

/** What the database has of a board, without its places. */
async function table(sessionId: string): Promise<StoredElement[]> {
	const { tables, db } = lesson.store;
	const rows = await selectChanges(tables, db, sessionId, { after: 0, limit: 10_000, skipDeletedUpTo: 0 });
	return rows.map((row) => toChange(row).element);
}

function openPage(
	server: BoardServer,
	clock: ReturnType<typeof fakeClock>,
	roomCode: string,
	me: Member,
	kept = keep()
) {
	const link = server.connect(me);
	const room = { roomCode, me, seatId: () => 'seat', people: () => [], subscribe: () => () => undefined };
	let randomness = ++ids / 7;
	const board = createBoardPage({
		...{ link, files: link.files, clock, room, ...kept },
		randomId: () => `${me.userId}-${++ids}`,
		random: () => (randomness = (randomness + 0.618_033_988_7) % 1)
	});
	function close() {
		board.close();
		link.end();
	}
	return { board, link, kept, close };
}

function keep() {
	return { storage: fakeStorage(), bytes: fakeBytes() };
}

async function playedOnce(
	steps: { deed: Deed; turns: number; crash: boolean }[],
	sizes: ServerSizes
): Promise<void> {
	const session = await lesson.planAnother();
	await lesson.sessions.start(session);
	const server = startBoardServer(lesson, session, sizes);
	const clock = fakeClock();
	const open = (me: Member, kept?: ReturnType<typeof keep>) =>
		openPage(server, clock, session.roomCode, me, kept);
	const seats = PEOPLE.map((person) => open(person));
	const deeds = createBoardDeeds({
		seats,
		reload(who) {
			seats[who]!.close();
			seats[who] = open(PEOPLE[who]!, seats[who]!.kept);
		},
		pass: (ms) => clock.advance(ms)
	});
	for (const { deed, turns, crash } of steps) {
		await deeds.do(deed);
		if (crash) server.crash();
		for (let i = 0; i < turns; i += 1) await turn();
	}

	for (const { link } of seats) {
		link.loseAnswers = false;
		link.restore();
	}
	seats[0]!.board.setLocked(false);
	await soon(clock, () => seats.every(({ board }) => board.state().saving === 'saved'));
	// The next change shows everybody what the bus has lost.
	server.loseNothing();
	seats[0]!.board.change([rectangle('last', 1)], true);
	const boards = [...seats, open(LIAM)].map(({ board }) => board);
	const shownOn = (board: (typeof boards)[number]) =>
		Object.fromEntries(
			board.state().pages.flatMap((page) => board.elementsOn(page.id).map((one) => [one.id, plain(one)]))
		);
	let stored: StoredElement[] = [];
	let wanted: Record<string, unknown> = {};
	const isThere = () => boards.every((board) => isDeepStrictEqual(shownOn(board), wanted));
	for (let looks = 0; looks < 200 && !(stored.some(({ id }) => id === 'last') && isThere()); looks += 1) {
		await clock.advance(250);
		await turn();
		stored = await table(session.id);
		wanted = Object.fromEntries(
			stored.filter(({ deleted, kind }) => !deleted && kind !== 'page').map((one) => [one.id, plain(one)])
		);
	}

	expect(server.failures).toEqual([]);
	expect(deeds.meddled).toEqual([]);
	// Nothing goes that nobody who had it before them took away.
	expect(Object.keys(wanted)).toEqual(
		expect.arrayContaining([...deeds.drawn].filter((id) => !deeds.taken.has(id)))
	);
	// Of everything the newest state stands that anybody made, or one that came of it later: pages come back by themselves.
	const standing = new Map(stored.map((element) => [element.id, element]));
	for (const [id, newest] of deeds.newest) expect(standing.get(id)).toSatisfy((one) => !beats(newest, one));
	for (const board of boards) {
		expect(board.state()).toMatchObject({ saving: 'saved', unsaved: 0 });
		// Nothing counts that nobody sees.
		expect(shownOn(board)).toEqual(wanted);
		expect(board.state().pages).toEqual(boards[0]!.state().pages);
	}
	const { tables, db } = lesson.store;
	expect(await readBoard(tables, db, session.id)).toMatchObject({
		objects: Object.keys(wanted).length,
		pages: stored.filter(({ kind, deleted }) => kind === 'page' && !deleted).length,
		elements: stored.length
	});
	await server.close();
	seats.forEach(({ close }) => close());
	await lesson.sessions.end(session, 'mentor');
}

function plain({
	pageId,
	version,
	nonce,
	data
}: Pick<StoredElement, 'pageId' | 'version' | 'nonce' | 'data'>) {
	return { pageId, version, nonce, data };
}

test('[X3] whatever people do, offline or not, whenever pages are loaded anew and the server crashes: the same board everywhere and in the table', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), sizes, playedOnce),
		// A board that stays different is waited for: to look for a smaller example would take minutes.
		{ numRuns: 60, endOnFailure: true }
	);
}, 120_000);
