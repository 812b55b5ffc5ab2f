import type { LiveElement } from '../../shared/board.ts';
import type { BoardRoom } from '../board/boardState.ts';
import { createBoard } from '../board/createBoard.ts';
import { fakeBoardServer } from './fakeBoardServer.ts';
import { fakeBytes } from './fakeBytes.ts';
import { fakeClock } from './fakeClock.ts';
import { fakeStorage, type FakeStorage } from './fakeStorage.ts';

/** A lesson with a whiteboard and as many pages as a test opens. */
export function fakeWhiteboard(random: () => number = Math.random) {
	const clock = fakeClock();
	const server = fakeBoardServer();
	const roomListeners = new Set<() => void>();
	const people: { seatId: string; userId: string; name: string }[] = [];
	let ids = 0;

	/** Opens the board of one person. The same storage and bytes again are a reload. `maya` is the mentor. */
	function enter(userId: string, storage: FakeStorage = fakeStorage(), bytes = fakeBytes()) {
		const isMentor = userId === 'maya';
		const seatId = `seat-${++ids}`;
		people.push({ seatId, userId, name: userId });
		const link = server.link(userId, isMentor);
		const room: BoardRoom = {
			roomCode: 'demo-lesson',
			me: { userId, name: userId, role: isMentor ? 'mentor' : 'learner' },
			seatId: () => seatId,
			people: () => people,
			subscribe(listener) {
				roomListeners.add(listener);
				return () => roomListeners.delete(listener);
			}
		};
		const randomId = () => `${userId}-${++ids}`;
		const board = createBoard({
			...{ link, files: link.files, clock, storage, bytes, randomId, random, room }
		});
		/** The page is gone, as by a reload. */
		function close() {
			board.close();
			link.end();
			people.splice(
				people.findIndex((person) => person.seatId === seatId),
				1
			);
		}
		return { board, link, storage, bytes, close };
	}

	return { clock, server, enter };
}

/** A rectangle at a place. */
export function rectangle(id: string, x: number, version = 1, nonce = 1): LiveElement {
	const data = { x, y: 0, width: 10, height: 10, index: 'a0', strokeColor: '#1e1e1e', strokeWidth: 2 };
	return { id, pageId: 'first', kind: 'rectangle', version, nonce, deleted: false, data };
}
