import type { Participant } from '../shared/live.ts';

/**
 * The call with one other person. `attempt` counts tries since a call last held, and sets the pause before the
 * next one. A person who is gone has no entry.
 */
export type Peer =
	| { name: 'waiting'; seatId: string; attempt: number }
	| { name: 'calling'; seatId: string; attempt: number; peerId: string; callId: number; by: 'me' | 'them' }
	| { name: 'connected'; seatId: string; attempt: number; peerId: string; callId: number; by: 'me' | 'them' }
	/** The pause before the next try. */
	| { name: 'resting'; seatId: string; attempt: number };

export interface Peers {
	/** By user id. */
	people: Readonly<Record<string, Peer>>;
	/** Calls that came in before presence said whose id it is. */
	unclaimed: readonly { callId: number; peerId: string }[];
}

export const NO_PEERS: Peers = { people: {}, unclaimed: [] };

export type PeerEffect =
	/** Make a call and answer with `dialled`. */
	| { type: 'dial'; userId: string; peerId: string }
	| { type: 'hangUp'; callId: number }
	/** Answer with `rested` after the pause for this attempt. */
	| { type: 'rest'; userId: string; attempt: number };

export interface PeersStep {
	peers: Peers;
	effects: PeerEffect[];
}

/** What decides about calls besides the calls themselves. */
export interface Scene {
	/** In the room with the session live; outside it there are no calls. */
	inRoom: boolean;
	/** One's own seat as presence shows it. */
	me: Participant | null;
	/** One's own id at the PeerServer, null while it is away. */
	myPeerId: string | null;
	others: readonly Participant[];
}

/** Of two people the earlier arrival calls the later one. Both sides know both numbers, so calls never cross. */
export function iCall(me: Participant, other: Participant): boolean {
	return me.arrival < other.arrival;
}

/** Brings calls in line with who is there. Safe to repeat at any time. */
export function reconcile(peers: Peers, scene: Scene): PeersStep {
	if (!scene.inRoom) return hangUpAll(peers);
	const effects: PeerEffect[] = [];
	const people: Record<string, Peer> = {};
	let unclaimed = peers.unclaimed;
	for (const [userId, peer] of Object.entries(peers.people)) {
		if (!scene.others.some((other) => other.userId === userId)) effects.push(...hangUp(peer));
	}
	for (const other of scene.others) {
		let peer = peers.people[other.userId] ?? fresh(other);
		if (isStale(peer, other)) {
			effects.push(...hangUp(peer));
			peer = fresh(other);
		}
		const claimed = unclaimed.filter((call) => call.peerId === other.peerId).at(-1);
		if (claimed) {
			unclaimed = unclaimed.filter((call) => call.peerId !== other.peerId);
			const step = taken(peer, other, claimed, scene.myPeerId);
			effects.push(...step.effects);
			peer = step.peer;
		}
		if (peer.name === 'waiting' && mayDial(scene, other)) {
			effects.push({ type: 'dial', userId: other.userId, peerId: other.peerId });
		}
		people[other.userId] = peer;
	}
	return { peers: { people, unclaimed }, effects };
}

/** A call was made for a `dial` effect. */
export function dialled(peers: Peers, userId: string, call: { callId: number; peerId: string }): Peers {
	const peer = peers.people[userId];
	if (peer?.name !== 'waiting') return peers;
	return withPeer(peers, userId, { ...peer, name: 'calling', ...call, by: 'me' });
}

/** Somebody calls. Who it is shows when presence knows the id: `reconcile` follows. */
export function incoming(peers: Peers, call: { callId: number; peerId: string }): PeersStep {
	const older = peers.unclaimed.filter((other) => other.peerId === call.peerId);
	const unclaimed = [...peers.unclaimed.filter((other) => other.peerId !== call.peerId), call];
	return {
		peers: { ...peers, unclaimed },
		effects: older.map(({ callId }) => ({ type: 'hangUp', callId }))
	};
}

/** Media flows. Events of calls that were replaced find nobody and change nothing. */
export function mediaCame(peers: Peers, callId: number): Peers {
	const found = findCall(peers, callId);
	if (found?.peer.name !== 'calling') return peers;
	return withPeer(peers, found.userId, { ...found.peer, name: 'connected' });
}

/** The call has held for a while: the next trouble starts counting from the beginning. */
export function callHeld(peers: Peers, callId: number): Peers {
	const found = findCall(peers, callId);
	if (found?.peer.name !== 'connected') return peers;
	return withPeer(peers, found.userId, { ...found.peer, attempt: 0 });
}

/** The call closed, or took too long to show media (then `hangUp` is among the effects). */
export function callFailed(peers: Peers, callId: number, alreadyClosed: boolean): PeersStep {
	const effects: PeerEffect[] = alreadyClosed ? [] : [{ type: 'hangUp', callId }];
	const found = findCall(peers, callId);
	if (!found) {
		const unclaimed = peers.unclaimed.filter((call) => call.callId !== callId);
		return { peers: { ...peers, unclaimed }, effects };
	}
	const { peer, userId } = found;
	const attempt = peer.attempt + 1;
	if (peer.by === 'them') {
		return { peers: withPeer(peers, userId, { name: 'waiting', seatId: peer.seatId, attempt }), effects };
	}
	effects.push({ type: 'rest', userId, attempt: peer.attempt });
	return { peers: withPeer(peers, userId, { name: 'resting', seatId: peer.seatId, attempt }), effects };
}

/** The pause is over; `reconcile` follows and dials where the rule says so. */
export function rested(peers: Peers, userId: string): Peers {
	const peer = peers.people[userId];
	return peer?.name === 'resting' ? withPeer(peers, userId, { ...peer, name: 'waiting' }) : peers;
}

/** The call that stands for a person, if there is one. */
export function callIdOf(peer: Peer | undefined): number | null {
	return peer?.name === 'calling' || peer?.name === 'connected' ? peer.callId : null;
}

function fresh(other: Participant): Peer {
	return { name: 'waiting', seatId: other.seatId, attempt: 0 };
}

/**
 * A new page (seat): the old connection leads nowhere. A new PeerServer id of the same page is only a renewed ticket,
 * which matters to a call that is still being set up through the old one; no id means that it is away for a moment.
 */
function isStale(peer: Peer, other: Participant): boolean {
	if (peer.seatId !== other.seatId) return true;
	return peer.name === 'calling' && other.peerId !== null && other.peerId !== peer.peerId;
}

function mayDial(scene: Scene, other: Participant): other is Participant & { peerId: string } {
	if (!scene.me || scene.myPeerId === null || other.peerId === null) return false;
	return other.state === 'here' && iCall(scene.me, other);
}

/** An incoming call meets whatever stood there. */
function taken(
	peer: Peer,
	other: Participant,
	call: { callId: number; peerId: string },
	myPeerId: string | null
): { peer: Peer; effects: PeerEffect[] } {
	// Only when both saw different arrivals for a moment can calls cross; then the smaller id's call stands on both sides.
	if (peer.name === 'calling' && peer.by === 'me' && myPeerId !== null && myPeerId < call.peerId) {
		return { peer, effects: [{ type: 'hangUp', callId: call.callId }] };
	}
	return {
		peer: { name: 'calling', seatId: other.seatId, attempt: peer.attempt, by: 'them', ...call },
		effects: hangUp(peer)
	};
}

function hangUp(peer: Peer): PeerEffect[] {
	const callId = callIdOf(peer);
	return callId === null ? [] : [{ type: 'hangUp', callId }];
}

function hangUpAll(peers: Peers): PeersStep {
	const effects = Object.values(peers.people).flatMap(hangUp);
	// Calls may come before this page heard of the start; they wait in `unclaimed` for it.
	return { peers: { people: {}, unclaimed: peers.unclaimed }, effects };
}

function findCall(peers: Peers, callId: number) {
	for (const [userId, peer] of Object.entries(peers.people)) {
		if ((peer.name === 'calling' || peer.name === 'connected') && peer.callId === callId)
			return { userId, peer };
	}
	return null;
}

function withPeer(peers: Peers, userId: string, peer: Peer): Peers {
	return { ...peers, people: { ...peers.people, [userId]: peer } };
}
