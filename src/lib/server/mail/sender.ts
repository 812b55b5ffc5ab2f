/** Whom mails come from. */
export interface Sender {
	name: string;
	address: string;
}

const NAMED = /^\s*"?([^<>"]*?)"?\s*<([^<>]+)>\s*$/;

/** `PeerLearn <no-reply@learn.example.org>` or the address alone; null: what stands in the outbox of a server without SMTP. */
export function readSender(from: string | null, origin: string): Sender {
	if (from === null) return { name: 'PeerLearn', address: `no-reply@${new URL(origin).hostname}` };
	const named = NAMED.exec(from);
	return named
		? { name: named[1]! || 'PeerLearn', address: named[2]!.trim() }
		: { name: 'PeerLearn', address: from.trim() };
}
