import type { ChatMessageView } from '$lib/room/roomView.ts';

/** How far the chat was read on this device: the stored time of the newest message that was seen, in ms. */
export interface ReadMark {
	/** Messages of the others that were not seen yet. */
	unread(chat: readonly ChatMessageView[]): number;
	/** Everything up to now was seen. */
	read(chat: readonly ChatMessageView[]): void;
}

/** Kept for the tab, so that a reload does not turn read messages into unread ones. */
export function createReadMark(roomCode: string): ReadMark {
	const key = `peerlearn.chatRead.${roomCode}`;
	let upTo = $state(remembered(key));
	return {
		unread: (chat) => chat.filter((message) => !message.mine && message.at > upTo).length,
		read(chat) {
			const newest = Math.max(upTo, ...chat.filter((message) => !message.mine).map((message) => message.at));
			if (newest === upTo) return;
			upTo = newest;
			try {
				sessionStorage.setItem(key, String(newest));
			} catch {
				// A browser that forbids storage only forgets it at the next reload.
			}
		}
	};
}

function remembered(key: string): number {
	try {
		return Number(sessionStorage.getItem(key)) || 0;
	} catch {
		return 0;
	}
}
