import type { BoardElement, BoardStanding, LastBoard, StoredElement } from '../../shared/board.ts';
import type { DrawInput, DrawMessage, SentInk } from '../../shared/boardInk.ts';
import type { LiveMessage } from '../../shared/live.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import type { BoardLink } from '../board/boardLink.ts';
import { createLeanInk } from '../board/leanInk.ts';
import type { Following, TrpcCalls } from './trpcCalls.ts';

/** What the board needs of the router's part with its name. */
export interface BoardCalls {
	follow: {
		subscribe(
			input: { roomCode: string; after: number; lastEventId: string | null },
			following: Following<{ id: string; data: StoredElement[] }>
		): { unsubscribe(): void };
	};
	put: { mutate(input: { roomCode: string; elements: BoardElement[] }): Promise<BoardStanding[]> };
	lock: { mutate(input: { roomCode: string; clientId: string; locked: boolean }): Promise<unknown> };
	continueLast: { mutate(input: { roomCode: string }): Promise<unknown> };
	last: { query(input: { roomCode: string }): Promise<LastBoard | null> };
	draw: { mutate(input: { roomCode: string } & DrawInput<SentInk>): Promise<unknown> };
}

/** The whiteboard's part of the socket, and where `room.live` hands over what others draw. */
export interface TrpcBoardLink extends BoardLink {
	/** Takes a message that is about drawing; answers whether it was one. */
	hear(message: LiveMessage): message is DrawMessage<SentInk>;
	/** Takes each entry of the room log, of which some lock and unlock the board. */
	hearEvent(event: RoomEvent): void;
}

export function trpcBoardLink(deps: {
	roomCode: string;
	/** Of the client there is now: after signing in again it is another one. */
	calls: () => BoardCalls;
	/** Turns whatever goes wrong into a `LinkFailure`. */
	ask: TrpcCalls['ask'];
	/** Keeps a subscription open over losses. */
	follow: TrpcCalls['follow'];
}): TrpcBoardLink {
	const { roomCode, calls, ask, follow } = deps;
	const listeners = new Set<(message: DrawMessage) => void>();
	const lockListeners = new Set<(locked: boolean) => void>();
	const lean = createLeanInk();
	let locked = false;
	return {
		follow(after, onBatch, onRefused) {
			// The id says more than the number: by it the server knows whether this page has read its board or another one.
			let lastEventId: string | null = null;
			return follow<{ id: string; data: StoredElement[] }>(
				(following) => calls().follow.subscribe({ roomCode, after, lastEventId }, following),
				({ id, data }) => {
					lastEventId = id;
					onBatch(data);
				},
				onRefused
			);
		},
		put: (elements) => ask(() => calls().put.mutate({ roomCode, elements })),
		lock: async (clientId, locked) =>
			void (await ask(() => calls().lock.mutate({ roomCode, clientId, locked }))),
		onLock(listener) {
			lockListeners.add(listener);
			listener(locked);
			return () => lockListeners.delete(listener);
		},
		continueLast: async () => void (await ask(() => calls().continueLast.mutate({ roomCode }))),
		last: () => ask(() => calls().last.query({ roomCode })),
		async draw({ ink, ...input }) {
			const sent = ink && { ink: lean.sent(ink) };
			await ask(() => calls().draw.mutate({ roomCode, ...input, ...sent }));
		},
		onDrawn(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		hearEvent(event) {
			if (event.type !== 'board.lock') return;
			locked = event.payload.locked;
			for (const listener of lockListeners) listener(locked);
		},
		hear(message): message is DrawMessage<SentInk> {
			if (message.type !== 'ink' && message.type !== 'cursor' && message.type !== 'boardView') return false;
			const ink = message.type === 'ink' ? lean.heard(message.fromSeatId, message.ink) : null;
			if (message.type !== 'ink') for (const listener of listeners) listener(message);
			else if (ink) for (const listener of listeners) listener({ ...message, ink });
			return true;
		}
	};
}
