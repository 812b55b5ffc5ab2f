import type { RoomState } from '../../shared/roomState.ts';
import { hasUnsavedBoard } from '../board/boardKeep.ts';
import type { Board, BoardRoom } from '../board/boardState.ts';
import type { Captions } from '../captions/createCaptions.ts';
import { createRoom } from '../createRoom.ts';
import type { PointBack, PointRoom } from '../pointBack/createPointBack.ts';
import type { Room } from '../roomView.ts';
import { browserClock } from './browserClock.ts';
import { browserDevices } from './browserDevices.ts';
import { browserNetwork } from './browserNetwork.ts';
import { browserStorage } from './browserStorage.ts';
import { pageCertificate } from './pageCertificate.ts';
import { peerjsLink } from './peerjsLink.ts';
import { socketCalls } from './socketCalls.ts';
import { trpcLink } from './trpcLink.ts';

/** The room with what is loaded only when somebody needs it. */
export interface OpenedRoom extends Room {
	/** The lesson's whiteboard, the same one each time. Rejects when it cannot be loaded now. */
	whiteboard(): Promise<Board>;
	/** Live captions, the same each time. Rejects when they cannot be loaded now. */
	captions(): Promise<Captions>;
	/** Pointing at shared screens, the same each time. Rejects when it cannot be loaded now. */
	pointBack(): Promise<PointBack>;
}

/** The room of this page, with everything real behind it. Browser only; connects at once. */
export function openRoom(initial: RoomState, csrf: string): OpenedRoom {
	const { roomCode } = initial.session;
	const clock = browserClock();
	const storage = browserStorage();
	const link = trpcLink({ roomCode, userId: initial.me.userId, csrf, clock });
	const certificates = pageCertificate();
	const room = createRoom(
		{
			link,
			peers: peerjsLink(clock, certificates),
			spare: socketCalls(certificates),
			network: browserNetwork(),
			devices: browserDevices(),
			...{ clock, storage, randomId }
		},
		initial
	);
	let board: Promise<Board> | null = null;
	let pointing: Promise<PointBack> | null = null;
	let captions: Promise<Captions> | null = null;

	async function loadBoard(): Promise<Board> {
		const { openBoard } = await import('./openBoard.ts');
		return openBoard({ ...{ link, clock, storage, randomId }, room: boardRoom(room, initial) });
	}

	function whiteboard(): Promise<Board> {
		board ??= loadBoard().catch((error: unknown) => {
			board = null;
			throw error;
		});
		return board;
	}

	async function openPointBack(): Promise<PointBack> {
		const { createPointBack } = await import('../pointBack/createPointBack.ts');
		return createPointBack({ ...{ link, clock, randomId }, room: boardRoom(room, initial) });
	}

	function pointBack(): Promise<PointBack> {
		pointing ??= openPointBack().catch((error: unknown) => {
			pointing = null;
			throw error;
		});
		return pointing;
	}

	async function loadCaptions(): Promise<Captions> {
		const { openCaptions } = await import('./openCaptions.ts');
		return openCaptions({ room, link: link.company, clock, storage, place: captionsPlace(initial) });
	}

	function openedCaptions(): Promise<Captions> {
		captions ??= loadCaptions().catch((error: unknown) => {
			captions = null;
			throw error;
		});
		return captions;
	}

	// What was drawn before a reload is delivered though nobody opens the board again.
	if (hasUnsavedBoard(storage, roomCode, initial.me.userId)) whiteboard().catch(() => undefined);
	return {
		...room,
		...{ whiteboard, pointBack, captions: openedCaptions },
		close() {
			for (const opening of [board, pointing, captions]) {
				void opening?.then(
					(open) => open.close(),
					() => undefined
				);
			}
			room.close();
		}
	};
}

/** Where this person's choice about captions is kept; another one may sign in on the same device. */
export function captionsPlace({ session, me }: Pick<RoomState, 'session' | 'me'>): string {
	return `${session.roomCode}:${me.userId}`;
}

function boardRoom(room: Room, { session, me }: RoomState): BoardRoom & PointRoom {
	return {
		roomCode: session.roomCode,
		me,
		seatId: () => room.view().people.find((person) => person.isMe)?.seatId ?? null,
		people: () => room.view().people,
		subscribe: (listener) => room.subscribe(listener)
	};
}

/** 128 random bits as hexadecimal digits: `crypto.randomUUID` does not exist on pages without HTTPS. */
function randomId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
