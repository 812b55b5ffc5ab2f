import { expect, test } from 'vitest';
import type { ChatMessageView } from '../../../lib/room/roomView.ts';
import { createReadMark } from './readMark.svelte.ts';

const message = (at: number, mine = false): ChatMessageView => ({
	id: `${at}`,
	authorId: mine ? 'me' : 'liam',
	authorName: mine ? 'Me' : 'Liam',
	mine,
	text: 'Hello',
	at,
	state: 'sent',
	error: null
});

test('[X1] what others wrote is unread until it was seen, one’s own never is', () => {
	const mark = createReadMark('room');
	const chat = [message(10), message(20, true), message(30)];
	expect(mark.unread(chat)).toBe(2);
	mark.read(chat.slice(0, 2));
	expect(mark.unread(chat)).toBe(1);
	mark.read(chat);
	expect(mark.unread([...chat, message(40, true)])).toBe(0);
	expect(mark.unread([...chat, message(40)])).toBe(1);
});
