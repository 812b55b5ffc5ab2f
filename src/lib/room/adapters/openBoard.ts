import type { Board, BoardRoom } from '../board/boardState.ts';
import { createBoard, type BoardDeps } from '../board/createBoard.ts';
import { boardFiles } from './boardFiles.ts';
import { browserBytes } from './browserBytes.ts';

/** The whiteboard of this page, with everything real behind it: loaded when it is needed. Browser only. */
export function openBoard(
	deps: Pick<BoardDeps, 'link' | 'clock' | 'storage' | 'randomId'> & { room: BoardRoom }
): Board {
	const { roomCode, me } = deps.room;
	return createBoard({ ...deps, files: boardFiles(roomCode, me.userId), bytes: browserBytes() });
}
