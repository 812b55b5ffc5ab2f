import { setMaxListeners } from 'node:events';
import { foldChat, type Chat } from '../../src/lib/room/chat.ts';
import { browserClock } from '../../src/lib/room/adapters/browserClock.ts';
import { trpcLink } from '../../src/lib/room/adapters/trpcLink.ts';
import { readLog } from '../../src/lib/room/logReader.ts';
import { createOutboxSender, type OutboxSender } from '../../src/lib/room/outboxSender.ts';
import type { LinkStatus, ServerLink } from '../../src/lib/room/ports.ts';
import { createId } from '../../src/lib/server/ids.ts';
import type { LiveMessage, Participant } from '../../src/lib/shared/live.ts';
import type { RoomEvent } from '../../src/lib/shared/roomEvents.ts';
import type { Visitor } from './crashingServer.ts';

/**
 * A page of ours without a browser: its own socket, retry policy, keep-alive, log reader and outbox – the product's
 * code – and a seat. What it has no part of is media.
 */
export interface NodePage {
	person: Visitor;
	link: ServerLink;
	outbox: OutboxSender;
	/** The log as this page holds it. */
	entries: RoomEvent[];
	chat(): Chat;
	/** What the server answered to this page's messages: all that was promised to it. */
	acknowledged: RoomEvent[];
	/** How often each message was sent, by client id. */
	sent: Map<string, number>;
	/** Since when the socket has its present state, ms since the epoch. */
	status(): { name: LinkStatus['name']; since: number };
	/** How often the log was begun anew because a backup was restored. */
	restored(): number;
	/** Reasons for which something was refused. */
	refused: string[];
	seatId: string;
	people(): readonly Participant[];
	live: LiveMessage[];
	close(): void;
}

export function openPage(
	url: string,
	person: Visitor,
	roomCode: string,
	{ seated = true, seatId = createId() }: { seated?: boolean; seatId?: string } = {}
): NodePage {
	const clock = browserClock();
	const link = inPage(url, person, () => trpcLink({ roomCode, userId: person.id, csrf: person.csrf, clock }));
	const entries: RoomEvent[] = [];
	const acknowledged: RoomEvent[] = [];
	const sent = new Map<string, number>();
	const refused: string[] = [];
	const live: LiveMessage[] = [];
	let chat: Chat = [];
	let restored = 0;
	let status: { name: LinkStatus['name']; since: number } = { name: 'connecting', since: Date.now() };
	let people: readonly Participant[] = [];

	link.onStatus(({ name }) => {
		if (name === status.name) return;
		status = { name, since: Date.now() };
		if (name === 'live') queueMicrotask(() => outbox.wake());
	});
	const outbox = createOutboxSender({
		link: {
			...link,
			async say(clientId, text) {
				sent.set(clientId, (sent.get(clientId) ?? 0) + 1);
				const event = await link.say(clientId, text);
				acknowledged.push(event);
				return event;
			}
		},
		clock,
		randomId: createId,
		first: [],
		isLive: () => status.name === 'live',
		onStored: () => undefined,
		onChange: () => undefined
	});
	const stopLog = readLog({
		link,
		onEvent(event) {
			entries.push(event);
			if (event.type !== 'chat.message') return;
			chat = foldChat(chat, event);
			if (event.actorId === person.id) outbox.stored(event.clientId);
		},
		onRestored() {
			restored += 1;
			entries.length = 0;
			chat = [];
		},
		onRefused: (reason) => refused.push(reason)
	});
	const stopLive = link.followLive(
		{ seatId, seated },
		(message) => {
			live.push(message);
			if (message.type === 'presence') people = message.participants;
		},
		(reason) => refused.push(reason)
	);
	return {
		person,
		link,
		outbox,
		entries,
		chat: () => chat,
		acknowledged,
		sent,
		status: () => status,
		restored: () => restored,
		refused,
		seatId,
		people: () => people,
		live,
		close() {
			outbox.stop();
			stopLog();
			stopLive();
			link.close();
		}
	};
}

/** What the room's adapter looks at in a browser, for as long as it runs. */
const page = Object.assign(new EventTarget(), { location: new URL('http://localhost') });
const shown = Object.assign(new EventTarget(), { visibilityState: 'visible' });
Object.assign(globalThis, { window: page, document: shown });
// Hundreds of pages share them.
setMaxListeners(0, page, shown);

/** Runs what looks at the browser while it starts: our address and a WebSocket that sends our cookie. */
export function inPage<T>(url: string, { cookie }: Visitor, start: () => T): T {
	const before = globalThis.WebSocket;
	class PageSocket extends before {
		constructor(address: string | URL) {
			// Node's own WebSocket takes headers, which no browser does.
			super(address, { headers: { origin: url, cookie } } as unknown as string[]);
		}
	}
	page.location = new URL(url);
	globalThis.WebSocket = PageSocket;
	try {
		return start();
	} finally {
		globalThis.WebSocket = before;
	}
}
