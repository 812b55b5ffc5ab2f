import {
	beats,
	mergeBoard,
	tombstone,
	type BoardElement,
	type BoardStanding,
	type StoredElement
} from '../../shared/board.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import type { RoomRef } from '../roomLog/roomMessages.ts';
import type { Board } from './boardService.ts';

export type BoardMap = ReadonlyMap<string, BoardElement>;

/**
 * For tests: somebody's board as a page keeps it. What is drawn shows at once and waits in an outbox until the server
 * has it; what comes from the others is merged; the connection comes and goes.
 */
export interface BoardPage {
	board(): BoardMap;
	/** A change of one's own: the next version of an element. */
	change(element: BoardElement): void;
	/** Takes back one's own last change, whatever the others did meanwhile. False when there is none. */
	undo(nonce: number): boolean;
	connect(board: Board): void;
	/** The connection breaks: what is under way may or may not have arrived. */
	disconnect(): void;
	/** Nothing waits to be sent. */
	hasSent(): boolean;
	/** How far it has read. */
	place(): number;
	/**
	 * What was beaten by a state that never came goes: the reader, who has caught up by now, was not told of something
	 * that had been deleted before it began.
	 */
	giveWay(): void;
}

export function openBoardPage(session: RoomRef, who: { userId: string; role: Role }): BoardPage {
	let board: BoardMap = new Map();
	const outbox = new Map<string, BoardElement>();
	const done: { id: string; before: BoardElement | undefined }[] = [];
	const winners = new Map<string, BoardStanding>();
	let place = 0;
	let abort = new AbortController();
	let server: Board | null = null;
	let sending = false;

	function merge(elements: Iterable<BoardElement>): void {
		board = mergeBoard(board, elements).board;
	}

	function write(element: BoardElement): void {
		merge([element]);
		outbox.set(element.id, element);
		void send();
	}

	async function send(): Promise<void> {
		if (sending || !server || outbox.size === 0) return;
		sending = true;
		const { signal } = abort;
		const elements = [...outbox.values()].slice(0, 50);
		try {
			const standings = await server.put(session, who, elements);
			// An answer that the broken connection swallowed: it is all sent again.
			if (signal.aborted) return;
			for (const standing of standings) winners.set(standing.id, standing);
			for (const element of elements) if (outbox.get(element.id) === element) outbox.delete(element.id);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
		} finally {
			sending = false;
			void send();
		}
	}

	async function receive(from: Board, signal: AbortSignal): Promise<void> {
		for await (const changes of from.follow(session, place, signal)) {
			if (signal.aborted) return;
			merge(changes.map(({ element }) => withoutPlace(element)));
			place = changes.at(-1)?.seq ?? place;
		}
	}

	return {
		board: () => board,
		change(element) {
			done.push({ id: element.id, before: board.get(element.id) });
			write(element);
		},
		undo(nonce) {
			const last = done.pop();
			const now = last && board.get(last.id);
			if (!last || !now) return false;
			const next = { version: now.version + 1, nonce };
			const { before } = last;
			write(before && !before.deleted ? { ...before, ...next } : tombstone(now, next));
			return true;
		},
		connect(to) {
			server = to;
			abort = new AbortController();
			void receive(to, abort.signal);
			void send();
		},
		disconnect() {
			server = null;
			abort.abort();
		},
		hasSent: () => outbox.size === 0 && !sending,
		place: () => place,
		giveWay() {
			for (const [id, winner] of winners) {
				const mine = board.get(id);
				if (mine && beats(winner, mine)) merge([tombstone(mine, winner)]);
			}
		}
	};
}

/** The element as it was put. */
export function withoutPlace(element: StoredElement): BoardElement {
	const { seq: _seq, authorId: _author, changedBy: _by, ...put } = element;
	return put as BoardElement;
}
