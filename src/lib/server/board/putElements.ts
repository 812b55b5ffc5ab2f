import { beats, type BoardElement, type BoardStanding } from '../../shared/board.ts';
import {
	BOARD_MAX_OBJECTS,
	BOARD_MAX_PAGES,
	BOARD_MAX_ROWS,
	BOARD_MAX_SHOWN_PAGES
} from '../../shared/boardLimits.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver, type Role, type SessionStatus } from '../../shared/sessionStatus.ts';
import type { Database, Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { knownFileIds } from './boardFileQueries.ts';
import {
	counterOf,
	livePages,
	lockBoard,
	readStandings,
	saveBoard,
	statusOf,
	toChange,
	usedPages,
	writeElements,
	type Change,
	type ElementRow
} from './boardQueries.ts';

export interface Put {
	/** Who puts, in which role in this session. */
	by: { userId: string; role: Role };
	/** Each once. */
	elements: BoardElement[];
}

export interface PutResult {
	/** One for each element of the put, in its order. */
	standings: BoardStanding[];
	/** Those that won, in the order of `seq`. */
	changes: Change[];
}

/**
 * Puts elements on a board inside a transaction: of two states of one element the one that beats the other stays. What
 * was put before is answered with what stands, also when nothing may be put any more.
 * Refusals: `not-found`, `not-live`, `session-over`, `board-locked`, `board-full`, `bad-input` (an unknown picture).
 */
export function* putElements(
	tables: Tables,
	tx: Database,
	sessionId: string,
	{ by, elements }: Put,
	now: number
): Steps<PutResult> {
	const status = yield* statusOf(tables, tx, sessionId);
	if (!status) throw new Refusal('not-found');
	const board = yield* lockBoard(tables, tx, sessionId);
	const ids = elements.map(({ id }) => id);
	const known = yield* readStandings(tables, tx, sessionId, ids);
	const winners = elements.filter((element) => {
		const standing = known.get(element.id);
		return !standing || beats(element, standing);
	});
	if (winners.length === 0)
		return { standings: ids.map((id) => known.get(id)!).map(toStanding), changes: [] };

	refuseUnlessLive(status);
	if (board.locked && by.role !== 'mentor') throw new Refusal('board-locked');
	yield* refuseForeignPictures(tables, tx, sessionId, winners);

	const count = { ...board };
	for (const element of winners) {
		const before = known.get(element.id);
		if (!before) count.elements += 1;
		else if (!before.deleted) count[counterOf(before.kind)] -= 1;
		if (!element.deleted) count[counterOf(element.kind)] += 1;
	}
	const tooMany =
		(count.objects > BOARD_MAX_OBJECTS && count.objects > board.objects) ||
		(count.pages > BOARD_MAX_PAGES && count.pages > board.pages) ||
		(count.elements > BOARD_MAX_ROWS && count.elements > board.elements);
	if (tooMany) throw new Refusal('board-full');
	yield* refuseTooManyPages(tables, tx, sessionId, winners);

	const changedAt = new Date(Math.max(now, board.changedAt.getTime()));
	const rows = winners.map((element, i): ElementRow => ({
		...element,
		sessionId,
		seq: board.lastSeq + 1 + i,
		changedAt,
		authorId: known.get(element.id)?.authorId ?? by.userId,
		changedBy: by.userId
	}));
	yield* writeElements(tables, tx, rows);
	yield* saveBoard(tables, tx, { ...count, lastSeq: board.lastSeq + rows.length, changedAt });
	const standing = new Map([...known, ...rows.map((row) => [row.id, row] as const)]);
	return { standings: ids.map((id) => toStanding(standing.get(id)!)), changes: rows.map(toChange) };
}

/** Refusals: `session-over`, `not-live`. */
export function refuseUnlessLive(status: SessionStatus): void {
	if (status !== 'live') throw new Refusal(isOver(status) ? 'session-over' : 'not-live');
}

/** A page is there as long as something is on it, be it deleted or one that nobody ever made: those have an end too. */
function* refuseTooManyPages(
	tables: Tables,
	tx: Database,
	sessionId: string,
	winners: BoardElement[]
): Steps<void> {
	const come = winners.filter(({ deleted }) => !deleted);
	const drawnOn = new Set(come.flatMap(({ pageId }) => pageId ?? []));
	const standing = yield* readStandings(tables, tx, sessionId, [...drawnOn]);
	const needed = [...drawnOn].filter((id) => standing.get(id)?.deleted !== false);
	for (const { id, kind } of come) if (kind === 'page') needed.push(id);
	if (needed.length === 0) return;
	const live = yield* livePages(tables, tx, sessionId);
	const shown = live.union(yield* usedPages(tables, tx, sessionId));
	const then = shown.union(new Set(needed));
	if (then.size > BOARD_MAX_SHOWN_PAGES && then.size > shown.size) throw new Refusal('board-full');
}

function* refuseForeignPictures(
	tables: Tables,
	tx: Database,
	sessionId: string,
	elements: BoardElement[]
): Steps<void> {
	const named = elements.flatMap((element) =>
		element.kind === 'image' && !element.deleted ? [element.data.fileId] : []
	);
	if (named.length === 0) return;
	const known = yield* knownFileIds(tables, tx, sessionId, named);
	if (named.some((fileId) => !known.has(fileId)))
		throw new Refusal('bad-input', 'This picture is not in this session.');
}

function toStanding({ id, seq, version, nonce }: BoardStanding): BoardStanding {
	return { id, seq, version, nonce };
}
