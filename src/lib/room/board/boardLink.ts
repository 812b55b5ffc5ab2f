import type { BoardElement, BoardStanding, LastBoard, StoredElement } from '../../shared/board.ts';
import type { DrawInput, DrawMessage } from '../../shared/boardInk.ts';
import type { RefusalReason } from '../../shared/refusals.ts';
import type { Stop } from '../ports.ts';

/** The part of the socket that is about the whiteboard. Requests reject with a `LinkFailure`. */
export interface BoardLink {
	/**
	 * All elements whose last change has `seq > after`, in batches, then an empty batch, then each change; resumes by itself
	 * after a loss, with another empty batch when what was missed is there.
	 * From 0 on nothing comes of what was deleted before, except for pages.
	 */
	follow(
		after: number,
		onBatch: (elements: StoredElement[]) => void,
		onRefused: (reason: RefusalReason) => void
	): Stop;
	/** Answers with what stands now, for each: what was put, or the winner it met. Repeating is harmless. */
	put(elements: BoardElement[]): Promise<BoardStanding[]>;
	/** Mentor: learners may only look on. */
	lock(clientId: string, locked: boolean): Promise<void>;
	/** Calls at once with what is known, then at each change. */
	onLock(listener: (locked: boolean) => void): Stop;
	/** Mentor: brings the board of the last lesson with the same people into an empty one. */
	continueLast(): Promise<void>;
	last(): Promise<LastBoard | null>;
	/** Shows the others what happens right now. Best effort: what is lost stays lost. */
	draw(input: DrawInput): Promise<void>;
	onDrawn(listener: (message: DrawMessage) => void): Stop;
}
