import type { RoomEvent } from '../shared/roomEvents.ts';
import type { Member } from '../shared/roomState.ts';
import { chatView, foldChat, type Chat } from './chat.ts';
import type { Memory } from './memory.ts';
import { createOutboxSender, type OutboxSender } from './outboxSender.ts';
import type { Clock, ServerLink } from './ports.ts';
import type { ChatMessageView } from './roomView.ts';

/** The chat: what the log holds, and what is still on its way. */
export interface Conversation extends Pick<OutboxSender, 'wake' | 'retry' | 'stop'> {
	/** `at`: server time as it is known here, ms. */
	say(text: string, at: number): void;
	/** A log entry; those that are no messages change nothing. */
	event(event: RoomEvent): void;
	/** The log is another one from now on. */
	restart(): void;
	view(members: readonly Member[]): ChatMessageView[];
}

export function createConversation(deps: {
	link: ServerLink;
	clock: Clock;
	randomId: () => string;
	memory: Memory;
	me: Member;
	isLive: () => boolean;
	/** An answer to `say`, which may come before or after the same entry in the log. */
	onStored: (event: RoomEvent) => void;
	onChange: () => void;
}): Conversation {
	const { memory, me, onChange } = deps;
	let chat: Chat = [];
	const letters = createOutboxSender({
		...deps,
		first: memory.outbox(),
		onChange(outbox) {
			memory.rememberOutbox(outbox);
			onChange();
		}
	});

	return {
		...letters,
		event(event) {
			if (event.type !== 'chat.message') return;
			chat = foldChat(chat, event);
			if (event.actorId === me.userId) letters.stored(event.clientId);
		},
		restart() {
			chat = [];
		},
		view: (members) => chatView(chat, letters.outbox(), me, members)
	};
}
