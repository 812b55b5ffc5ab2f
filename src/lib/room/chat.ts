import type { RoomEventOf } from '../shared/roomEvents.ts';
import type { Member } from '../shared/roomState.ts';
import type { Outbox } from './outbox.ts';
import type { ChatMessageView } from './roomView.ts';

export type ChatEntry = RoomEventOf<'chat.message'>;

/** Stored messages in the order of the log, each once, whichever way they came (subscription or answer). */
export type Chat = readonly ChatEntry[];

export function foldChat(chat: Chat, entry: ChatEntry): Chat {
	let place = chat.length;
	while (place > 0 && (chat[place - 1]?.seq ?? 0) > entry.seq) place -= 1;
	if (chat[place - 1]?.seq === entry.seq) return chat;
	return [...chat.slice(0, place), entry, ...chat.slice(place)];
}

/** What the page lists: stored messages, then one's own that are not stored yet. */
export function chatView(
	chat: Chat,
	outbox: Outbox,
	me: Member,
	members: readonly Member[]
): ChatMessageView[] {
	const names = new Map(members.map((member) => [member.userId, member.name]));
	const stored = chat.map((entry) => storedView(entry, me, names));
	const known = new Set(chat.filter((entry) => entry.actorId === me.userId).map((entry) => entry.clientId));
	const waiting = outbox
		.filter((letter) => !known.has(letter.clientId))
		.map((letter): ChatMessageView => ({
			id: letter.clientId,
			authorId: me.userId,
			authorName: me.name,
			mine: true,
			text: letter.text,
			at: letter.at,
			state: letter.state === 'failed' ? 'failed' : 'sending',
			error: letter.error
		}));
	return [...stored, ...waiting];
}

// A message never changes once stored, so each is turned into its view once and keeps its identity.
const views = new WeakMap<ChatEntry, ChatMessageView>();

function storedView(entry: ChatEntry, me: Member, names: Map<string, string>): ChatMessageView {
	const known = views.get(entry);
	if (known) return known;
	const view: ChatMessageView = {
		id: entry.clientId,
		authorId: entry.actorId ?? '',
		authorName: names.get(entry.actorId ?? '') ?? 'Someone',
		mine: entry.actorId === me.userId,
		text: entry.payload.text,
		at: entry.at,
		state: 'sent',
		error: null
	};
	views.set(entry, view);
	return view;
}
