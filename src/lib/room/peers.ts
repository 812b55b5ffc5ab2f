import type { Participant } from '../shared/live.ts';
import type { Beside, Dial, Peer, PeerEffect, Peers, PeersStep, Scene } from './peerTypes.ts';
import type { PathView } from './roomView.ts';

/** Of the pauses that grow with each try, a call beside a silent one takes none longer than this one's. */
const BESIDE_ATTEMPTS = 2;

export const NO_PEERS: Peers = { people: {}, unclaimed: [], numbers: {} };

/** Of two people the earlier arrival calls the later one. Both sides know both numbers, so first calls never cross. */
export function iCall(me: Participant, other: Participant): boolean {
	return me.arrival < other.arrival;
}

/** Brings calls in line with who is there. Safe to repeat at any time. */
export function reconcile(peers: Peers, scene: Scene): PeersStep {
	if (!scene.open) return hangUpAll(peers);
	const effects: PeerEffect[] = [];
	const people: Record<string, Peer> = {};
	let { unclaimed } = peers;
	const numbers = { ...peers.numbers };
	for (const [userId, peer] of Object.entries(peers.people)) {
		numbers[peer.seatId] = peer.number;
		if (!scene.others.some((other) => other.userId === userId)) effects.push(...hangUps(peer));
	}
	for (const other of scene.others) {
		let peer = peers.people[other.userId] ?? fresh(other, numbers);
		if (isStale(peer, other)) {
			effects.push(...hangUps(peer));
			peer = fresh(other, numbers);
		}
		for (const call of unclaimed.filter(({ peerId }) => isOf(other, peerId))) {
			const step = taken(peer, { ...call, by: 'them' }, scene.me?.seatId ?? null);
			effects.push(...step.effects);
			peer = step.peer;
		}
		unclaimed = unclaimed.filter(({ peerId }) => !isOf(other, peerId));
		const step = wanted(peer, other, scene);
		effects.push(...step.effects);
		people[other.userId] = step.peer;
	}
	return { peers: { people, unclaimed, numbers }, effects };
}

/** A call was made for a `dial` effect. */
export function dialled(peers: Peers, userId: string, call: Omit<Dial, 'by'>): Peers {
	const peer = peers.people[userId];
	const dial: Dial = { ...call, by: 'me' };
	const known = Math.max(peer?.number ?? 0, dial.number);
	if (peer?.name === 'waiting') {
		return withPeer(peers, userId, { ...peer, name: 'calling', dial, number: known });
	}
	if (peer?.name !== 'connected' || peer.beside.name !== 'due') return peers;
	return withPeer(peers, userId, { ...peer, beside: { name: 'dialling', dial }, number: known });
}

/** Somebody calls. Who it is shows when presence knows the id: `reconcile` follows. */
export function incoming(peers: Peers, call: Omit<Dial, 'by'>): PeersStep {
	const older = peers.unclaimed.filter((other) => other.peerId === call.peerId);
	const unclaimed = [...peers.unclaimed.filter((other) => other.peerId !== call.peerId), call];
	return {
		peers: { ...peers, unclaimed },
		effects: older.map(({ callId }) => ({ type: 'hangUp', callId }))
	};
}

/** Media flows. The newer of two calls takes over here. Events of calls that were replaced change nothing. */
export function mediaCame(peers: Peers, callId: number): PeersStep {
	const found = findCall(peers, callId);
	if (!found || found.where === 'connected') return { peers, effects: [] };
	const { peer, userId } = found;
	const old: PeerEffect[] =
		found.where === 'beside' && peer.name === 'connected'
			? [{ type: 'hangUp', callId: peer.dial.callId }]
			: [];
	const { seatId, attempt, number } = peer;
	const connected: Peer = {
		...{ name: 'connected', seatId, attempt, number, dial: found.dial },
		...{ silent: false, beside: NOTHING }
	};
	return { peers: withPeer(peers, userId, connected), effects: old };
}

/** Nothing comes in any more, or again. `reconcile` follows and calls beside. A call beside is never given up for it. */
export function heard(peers: Peers, callId: number, silent: boolean): Peers {
	const found = findCall(peers, callId);
	if (found?.where !== 'connected' || found.peer.name !== 'connected') return peers;
	if (found.peer.silent === silent) return peers;
	const beside = silent || found.peer.beside.name === 'dialling' ? found.peer.beside : NOTHING;
	return withPeer(peers, found.userId, { ...found.peer, silent, beside });
}

/**
 * Every call is to be made anew, as after a change of how they are made: as for one that fell silent another is set up
 * beside it and takes its place. `reconcile` follows.
 */
export function renewed(peers: Peers): Peers {
	const people = Object.entries(peers.people).map(([userId, peer]): [string, Peer] => {
		if (peer.name !== 'connected' || peer.beside.name === 'dialling') return [userId, peer];
		return [userId, { ...peer, silent: true, beside: { name: 'due' } }];
	});
	return { ...peers, people: Object.fromEntries(people) };
}

/** The call has held for a while: the next trouble starts counting from the beginning. */
export function callHeld(peers: Peers, callId: number): Peers {
	const found = findCall(peers, callId);
	if (found?.where !== 'connected') return peers;
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
	const { userId, dial } = found;
	const peer = { ...found.peer, attempt: found.peer.attempt + 1 };
	const rest: PeerEffect = { type: 'rest', userId, why: 'failed', attempt: found.peer.attempt };
	const { seatId, attempt, number } = peer;
	if (peer.name === 'connected') {
		if (found.where === 'beside') {
			const again = peer.silent && dial.by === 'me';
			// One that was given time needs no pause: the old call may be silent for long, and the next try is what ends it.
			if (again)
				effects.push({ ...rest, attempt: alreadyClosed ? Math.min(rest.attempt, BESIDE_ATTEMPTS) : 0 });
			const beside: Beside = again ? { name: 'resting' } : NOTHING;
			return { peers: withPeer(peers, userId, { ...peer, beside }), effects };
		}
		if (peer.beside.name === 'dialling') {
			const next: Peer = { name: 'calling', seatId, attempt, number, dial: peer.beside.dial };
			return { peers: withPeer(peers, userId, next), effects };
		}
	}
	if (dial.by === 'them') {
		return { peers: withPeer(peers, userId, { name: 'waiting', seatId, attempt, number }), effects };
	}
	effects.push(rest);
	return { peers: withPeer(peers, userId, { name: 'resting', seatId, attempt, number }), effects };
}

/** The pause is over; `reconcile` follows and dials where the rule says so. */
export function rested(peers: Peers, userId: string): Peers {
	const peer = peers.people[userId];
	if (peer?.name === 'resting') return withPeer(peers, userId, { ...peer, name: 'waiting' });
	if (peer?.name !== 'connected' || peer.beside.name !== 'resting') return peers;
	return withPeer(peers, userId, { ...peer, beside: { name: 'due' } });
}

/** The call that stands for a person, if there is one. */
export function callIdOf(peer: Peer | undefined): number | null {
	return peer?.name === 'calling' || peer?.name === 'connected' ? peer.dial.callId : null;
}

/** After so many tries without a path somebody is told. */
const HARD_AFTER = 2;

/** How the way to a person stands. */
export function pathOf(peer: Peer | undefined): PathView {
	if (peer?.name === 'connected' && !peer.silent) return 'ready';
	if (!peer || (peer.name === 'waiting' && peer.attempt === 0)) return 'none';
	return peer.attempt < HARD_AFTER ? 'trying' : 'failing';
}

/** The call that is being set up beside the one that stands. */
export function besideIdOf(peer: Peer | undefined): number | null {
	return peer?.name === 'connected' && peer.beside.name === 'dialling' ? peer.beside.dial.callId : null;
}

const NOTHING: Beside = { name: 'none' };

/** Whoever comes back to a seat may still hold calls with it, or be offered one that was under way: numbers go on. */
function fresh(other: Participant, numbers: Peers['numbers']): Peer {
	return { name: 'waiting', seatId: other.seatId, attempt: 0, number: numbers[other.seatId] ?? 0 };
}

function isOf(other: Participant, peerId: string): boolean {
	return peerId === other.peerId || peerId === other.seatId;
}

/**
 * A new page (seat): the old connection leads nowhere. A new PeerServer id of the same page is only a renewed ticket,
 * which matters to a call that is still being set up through the old one; no id means that it is away for a moment.
 */
function isStale(peer: Peer, other: Participant): boolean {
	if (peer.seatId !== other.seatId) return true;
	return peer.name === 'calling' && other.peerId !== null && !isOf(other, peer.dial.peerId);
}

/** What is missing between this page and one other: a first call, or one beside a call that fell silent. */
function wanted(peer: Peer, other: Participant, scene: Scene): { peer: Peer; effects: PeerEffect[] } {
	if (!scene.me || other.state !== 'here') return { peer, effects: [] };
	const { userId } = other;
	const mine = iCall(scene.me, other);
	const byPeerServer = scene.myPeerId !== null && other.peerId !== null;
	// The app's own socket is for calls that were there already: a first one waits for the PeerServer. A connection to
	// the PeerServer may look open and be dead, here or there, so what did not help is tried the other way next.
	const spare = scene.linkUp && peer.number > 0 && (!byPeerServer || peer.attempt % 2 === 1);
	const peerId = spare ? other.seatId : byPeerServer ? other.peerId : null;
	const dial: PeerEffect[] =
		peerId === null ? [] : [{ type: 'dial', userId, peerId, number: peer.number + 1, spare }];
	if (peer.name === 'waiting') return { peer, effects: mine ? dial : [] };
	if (peer.name !== 'connected' || !peer.silent) return { peer, effects: [] };
	if (peer.beside.name === 'due') return { peer, effects: dial };
	if (peer.beside.name !== 'none') return { peer, effects: [] };
	if (mine || !byPeerServer) return { peer: { ...peer, beside: { name: 'due' } }, effects: dial };
	// The other one is to call and may be about to; but perhaps only this side hears nothing.
	return {
		peer: { ...peer, beside: { name: 'resting' } },
		effects: [{ type: 'rest', userId, why: 'courtesy', attempt: peer.attempt }]
	};
}

/** An incoming call meets whatever stood there. */
function taken(peer: Peer, call: Dial, mySeatId: string | null): { peer: Peer; effects: PeerEffect[] } {
	const number = Math.max(peer.number, call.number);
	const standing = [
		...(peer.name === 'calling' || peer.name === 'connected' ? [peer.dial] : []),
		...(peer.name === 'connected' && peer.beside.name === 'dialling' ? [peer.beside.dial] : [])
	];
	if (standing.some((dial) => outranks(dial, call, mySeatId, peer.seatId))) {
		return { peer: { ...peer, number }, effects: [{ type: 'hangUp', callId: call.callId }] };
	}
	if (peer.name === 'connected') {
		const callId = besideIdOf(peer);
		return {
			peer: { ...peer, number, beside: { name: 'dialling', dial: call } },
			effects: callId === null ? [] : [{ type: 'hangUp', callId }]
		};
	}
	const { seatId, attempt } = peer;
	return { peer: { name: 'calling', seatId, attempt, number, dial: call }, effects: hangUps(peer) };
}

/**
 * Of calls between the same two seats the one with the higher number stands, on both sides. Dials that cross have the
 * same number: then the smaller seat id's.
 */
function outranks(standing: Dial, came: Dial, mySeatId: string | null, theirSeatId: string): boolean {
	if (standing.number !== came.number) return standing.number > came.number;
	return standing.by === 'me' && mySeatId !== null && mySeatId < theirSeatId;
}

function hangUps(peer: Peer): PeerEffect[] {
	return [callIdOf(peer), besideIdOf(peer)]
		.filter((callId) => callId !== null)
		.map((callId) => ({ type: 'hangUp', callId }));
}

function hangUpAll(peers: Peers): PeersStep {
	const effects = Object.values(peers.people).flatMap(hangUps);
	// Calls may come before this page heard of the start; they wait in `unclaimed` for it.
	return { peers: { ...peers, people: {} }, effects };
}

function findCall(peers: Peers, callId: number) {
	for (const [userId, peer] of Object.entries(peers.people)) {
		if (peer.name !== 'calling' && peer.name !== 'connected') continue;
		if (peer.dial.callId === callId) return { userId, peer, where: peer.name, dial: peer.dial } as const;
		if (peer.name !== 'connected' || peer.beside.name !== 'dialling') continue;
		const { dial } = peer.beside;
		if (dial.callId === callId) return { userId, peer, where: 'beside', dial } as const;
	}
	return null;
}

function withPeer(peers: Peers, userId: string, peer: Peer): Peers {
	return { ...peers, people: { ...peers.people, [userId]: peer } };
}
