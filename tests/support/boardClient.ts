import { setTimeout as delay } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import { createBoard } from '../../src/lib/server/board/boardService.ts';
import { createBus } from '../../src/lib/server/bus/bus.ts';
import { createRoomLog } from '../../src/lib/server/roomLog/roomLogService.ts';
import { mergeBoard, type BoardElement, type StoredElement } from '../../src/lib/shared/board.ts';
import { aStroke } from '../../src/lib/shared/boardFixture.ts';
import { isRefusalReason } from '../../src/lib/shared/refusals.ts';
import { reasonOf, type LiveClient } from './liveClient.ts';
import type { Lesson, World } from './world.ts';

/** A board as one page has it. */
export interface FollowedBoard {
	board(): ReadonlyMap<string, StoredElement>;
	/** By id, without what was deleted: comparable with others. */
	shown(): Record<string, StoredElement>;
	/** `seq` of everything that came, in order. */
	seqs: number[];
	/** How often it was said that everything from before has come. */
	caughtUp(): number;
	/** Where to go on from. */
	place(): string | null;
	refused(): string | null;
	stop(): void;
}

export function followBoard(
	client: LiveClient,
	{ roomCode }: Pick<Lesson, 'roomCode'>,
	from: { after?: number; lastEventId?: string | null } = {}
): FollowedBoard {
	let board: ReadonlyMap<string, StoredElement> = new Map();
	let place: string | null = null;
	let caughtUp = 0;
	let refused: string | null = null;
	const seqs: number[] = [];
	const { unsubscribe } = client.trpc.board.follow.subscribe(
		{ roomCode, ...from },
		{
			onData({ id, data }) {
				place = id;
				if (data.length === 0) caughtUp += 1;
				seqs.push(...data.map(({ seq }) => seq));
				board = mergeBoard(board, data).board;
			},
			onError: (error) => (refused = reasonOf(error))
		}
	);
	return {
		board: () => board,
		shown: () => shownOf(board.values()),
		seqs,
		caughtUp: () => caughtUp,
		place: () => place,
		refused: () => refused,
		stop: unsubscribe
	};
}

/** The board as it stands in the database. */
export async function boardInTable({ store }: World, { id }: Lesson): Promise<Record<string, StoredElement>> {
	const { boardElements: t } = store.tables;
	const rows = await store.db.select().from(t).where(eq(t.sessionId, id)).orderBy(asc(t.seq));
	return shownOf(
		rows.map(({ sessionId: _session, changedAt: _at, ...element }) => element as unknown as StoredElement)
	);
}

function shownOf(elements: Iterable<StoredElement>): Record<string, StoredElement> {
	return Object.fromEntries(
		[...elements].flatMap((element) => (element.deleted ? [] : [[element.id, element]]))
	);
}

/** As an outbox does it: again and again until the server answers. Rejects when it refuses. */
export async function deliver(client: LiveClient, { roomCode }: Lesson, elements: BoardElement[]) {
	for (;;) {
		try {
			return await client.trpc.board.put.mutate({ roomCode, elements });
		} catch (error) {
			const reason = reasonOf(error);
			if (isRefusalReason(reason) && reason !== 'too-many' && reason !== 'internal') throw error;
			await delay(20);
		}
	}
}

/** Strokes of 20 to 60 points, put by the same code as the server's, without its allowance for one person. */
export async function fillBoard(world: World, lesson: Lesson, count: number): Promise<void> {
	const { store } = world;
	const bus = createBus(() => undefined);
	const roomLog = createRoomLog({ store, bus, now: Date.now });
	const presence = { holdsSeat: () => false, draw: () => undefined };
	const board = createBoard({ store, bus, roomLog, presence, now: Date.now });
	const session = await world.session(lesson);
	for (let n = 0; n < count; n += 20) {
		const strokes = Array.from({ length: 20 }, (_, i) => aStroke(`s${n + i + 1}`, 20 + ((n + i) % 40), n));
		await board.put(session, { userId: `${n % 100}`, role: 'mentor' }, strokes);
	}
	await board.close();
}
