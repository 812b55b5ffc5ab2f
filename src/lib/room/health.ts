import type { RefusalReason } from '../shared/refusals.ts';
import type { ConnectionView, PersonView, Phase } from './roomView.ts';

/** What can be relied on right now. Leaving and ending always work: they are carried out when the server is back. */
export interface Works {
	/** Messages arrive now; otherwise they are kept here and sent later. */
	chat: boolean;
	/** At least one person is seen or heard. */
	call: boolean;
}

/**
 * What is wrong, the most important first, and on whose side. Server socket, PeerServer and media path fail and heal
 * each on their own; this is the one place where they are weighed together.
 */
export type Health = { works: Works } & (
	| { name: 'fine' }
	/** The server refused for good. */
	| { name: 'closed'; reason: RefusalReason }
	/** This device has no network, or nothing at all gets through it. */
	| { name: 'offline' }
	/** The server is not reached. Whoever still has a call has a network: then it is the server. */
	| { name: 'socket'; side: 'server' | 'unknown' }
	/** Nothing comes from these people, or nothing gets to them. `path`: between this device and theirs. */
	| { name: 'media'; side: 'mine' | 'theirs' | 'path'; userIds: string[] }
	/** The server has lost these people a moment ago. */
	| { name: 'away'; userIds: string[] }
	/** New calls wait; running ones do not need it. */
	| { name: 'peerServer' }
);

/** What health is judged by. */
export interface Signs {
	phase: Phase;
	/** What the browser says; false is certain. */
	online: boolean;
	connection: ConnectionView;
	/** The PeerServer knows this page. */
	peerServer: boolean;
	people: readonly PersonView[];
}

export function judge(signs: Signs): Health {
	const { connection } = signs;
	const inRoom = signs.phase.name === 'inRoom';
	const others = inRoom ? signs.people.filter((person) => !person.isMe) : [];
	const called = others.filter((person) => person.call === 'connected' || person.trouble !== null);
	const broken = others.filter((person) => person.silent);
	const unheard = others.filter((person) => person.unheard && !person.silent);
	const away = others.filter((person) => person.state === 'away');
	const isSeen = (person: PersonView) => person.call === 'connected' && !person.silent;
	const works: Works = { chat: connection.name === 'live', call: others.some(isSeen) };

	if (connection.name === 'closed') return { name: 'closed', reason: connection.reason, works };
	if (!signs.online) return { name: 'offline', works };
	if (connection.name === 'reconnecting') {
		if (called.length > 0 && broken.length === called.length) return { name: 'offline', works };
		return { name: 'socket', side: works.call ? 'server' : 'unknown', works };
	}
	const hurt = [...broken, ...unheard].filter((person) => person.state === 'here');
	if (hurt.length > 0) {
		const userIds = hurt.map((person) => person.userId);
		return { name: 'media', side: sideOf(hurt.length, called.length), userIds, works };
	}
	if (away.length > 0) return { name: 'away', userIds: away.map((person) => person.userId), works };
	if (others.length > 0 && !signs.peerServer) return { name: 'peerServer', works };
	return { name: 'fine', works };
}

/** With several calls the ones that go on tell whose side it is. */
function sideOf(hurt: number, called: number): 'mine' | 'theirs' | 'path' {
	if (called < 2) return 'path';
	return hurt === called ? 'mine' : 'theirs';
}

/** What to tell when one verdict follows another; null when there is nothing to say. */
export function healthWords(
	before: Health,
	after: Health,
	nameOf: (userId: string) => string
): { kind: 'trouble' | 'mended'; text: string } | null {
	if (before.name === after.name) return null;
	switch (after.name) {
		case 'socket':
			return { kind: 'trouble', text: 'Reconnecting…' };
		case 'media':
			return { kind: 'trouble', text: 'Network issue, retrying media' };
		case 'away':
			return { kind: 'trouble', text: isReconnecting(after.userIds, nameOf) };
		// A banner and a card say these.
		case 'offline':
		case 'closed':
			return null;
		case 'peerServer':
		case 'fine':
			return mended(before, nameOf);
	}
}

function mended(before: Health, nameOf: (userId: string) => string) {
	switch (before.name) {
		case 'socket':
		case 'offline':
			return { kind: 'mended', text: 'Connected again' } as const;
		case 'media':
			return { kind: 'mended', text: 'Sound and picture are back' } as const;
		case 'away':
			return { kind: 'mended', text: isBack(before.userIds, nameOf) } as const;
		default:
			return null;
	}
}

function isReconnecting(userIds: readonly string[], nameOf: (userId: string) => string): string {
	const first = nameOf(userIds[0] ?? '');
	return userIds.length > 1 ? `${first} and others are reconnecting` : `${first} is reconnecting`;
}

function isBack(userIds: readonly string[], nameOf: (userId: string) => string): string {
	const first = nameOf(userIds[0] ?? '');
	return userIds.length > 1 ? `${first} and others are back` : `${first} is back`;
}
