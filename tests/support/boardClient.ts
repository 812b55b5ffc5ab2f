import { setTimeout as delay } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import { mergeBoard, type BoardElement, type StoredElement } from '../../src/lib/shared/board.ts';
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
