import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_MEDIA, type Participant } from '../shared/live.ts';
import {
	besideIdOf,
	callFailed,
	callIdOf,
	dialled,
	heard,
	iCall,
	incoming,
	mediaCame,
	NO_PEERS,
	reconcile,
	rested
} from './peers.ts';
import type { Peers, Scene } from './peerTypes.ts';

function person(userId: string, arrival: number, change: Partial<Participant> = {}): Participant {
	const place = { seatId: `seat-${userId}`, peerId: `peer-${userId}` };
	const rest = {
		state: 'here',
		media: NO_MEDIA,
		handRaised: false,
		handRaisedAt: null,
		line: null,
		deviceTrouble: null,
		captions: null,
		role: 'learner'
	} as const;
	return { userId, name: userId, arrival, ...place, ...rest, ...change };
}

const me = person('me', 1);
const other = person('other', 2);
const scene = (change: Partial<Scene> = {}): Scene => ({
	open: true,
	started: true,
	me,
	myPeerId: me.peerId,
	linkUp: true,
	others: [other],
	...change
});

const dial = (number: number) => ({
	...{ type: 'dial', userId: 'other', peerId: 'peer-other', number, spare: false }
});

/** The other one was called with call 7 and shows media. */
function connected(): Peers {
	const peers = reconcile(NO_PEERS, scene()).peers;
	return mediaCame(dialled(peers, 'other', { callId: 7, peerId: 'peer-other', number: 1 }), 7).peers;
}

test('the earlier arrival dials, the later one waits', () => {
	expect(reconcile(NO_PEERS, scene()).effects).toEqual([dial(1)]);
	const late = scene({ me: person('me', 3) });
	expect(reconcile(NO_PEERS, late).effects).toEqual([]);
});

test.each<[string, Partial<Scene>]>([
	['outside the room', { open: false }],
	['without an own seat', { me: null }],
	['without an own id', { myPeerId: null }],
	['somebody without an id', { others: [person('other', 2, { peerId: null })] }],
	['somebody who is away', { others: [person('other', 2, { state: 'away' })] }]
])('nobody is dialled %s', (_, change) => {
	expect(reconcile(NO_PEERS, scene(change)).effects).toEqual([]);
});

test('[T8] a new seat ends the old call and makes a new one', () => {
	const reloaded = person('other', 3, { seatId: 'seat-new', peerId: 'peer-new' });
	expect(reconcile(connected(), scene({ others: [reloaded] })).effects).toEqual([
		{ type: 'hangUp', callId: 7 },
		{ ...dial(1), peerId: 'peer-new' }
	]);
});

test('[T8] whoever comes back to their seat is called by the next number', () => {
	// An offer may still be under way to a browser that slept; a lower number would be refused for its sake.
	const tried = dialled(
		reconcile(heard(connected(), 7, true), scene()).peers,
		...(['other', { callId: 8, peerId: 'peer-other', number: 2 }] as const)
	);
	const gone = reconcile(tried, scene({ others: [] }));
	expect(gone.effects).toEqual([7, 8].map((callId) => ({ type: 'hangUp', callId })));
	const back = scene({ others: [person('other', 9)] });
	expect(reconcile(gone.peers, back).effects).toEqual([dial(3)]);
	// Another page of theirs knows nothing of it.
	const another = scene({ others: [person('other', 9, { seatId: 'seat-new' })] });
	expect(reconcile(gone.peers, another).effects).toEqual([dial(1)]);
});

test('[T1] a connected call survives a lost PeerServer and a new id of the same page', () => {
	for (const peerId of [null, 'peer-renewed']) {
		const step = reconcile(connected(), scene({ others: [person('other', 2, { peerId })] }));
		expect(step.effects).toEqual([]);
		expect(callIdOf(step.peers.people.other)).toBe(7);
	}
});

test('a call that is not connected yet is made anew for a new id', () => {
	const calling = dialled(reconcile(NO_PEERS, scene()).peers, 'other', {
		callId: 7,
		peerId: 'peer-other',
		number: 1
	});
	const step = reconcile(calling, scene({ others: [person('other', 2, { peerId: 'peer-renewed' })] }));
	expect(step.effects.map((effect) => effect.type)).toEqual(['hangUp', 'dial']);
});

test('[T1] somebody away keeps their call; somebody gone does not', () => {
	expect(reconcile(connected(), scene({ others: [person('other', 2, { state: 'away' })] })).effects).toEqual(
		[]
	);
	expect(reconcile(connected(), scene({ others: [] }))).toEqual({
		peers: { ...NO_PEERS, numbers: { 'seat-other': 1 } },
		effects: [{ type: 'hangUp', callId: 7 }]
	});
});

test('a failed call rests before the next try, longer each time', () => {
	const first = callFailed(connected(), 7, true);
	expect(first.effects).toEqual([{ type: 'rest', userId: 'other', why: 'failed', attempt: 0 }]);
	expect(reconcile(first.peers, scene()).effects).toEqual([]);
	const again = rested(first.peers, 'other');
	expect(reconcile(again, scene()).effects).toHaveLength(1);
	const second = callFailed(
		dialled(again, 'other', { callId: 8, peerId: 'peer-other', number: 2 }),
		8,
		false
	);
	expect(second.effects).toEqual([
		{ type: 'hangUp', callId: 8 },
		{ type: 'rest', userId: 'other', why: 'failed', attempt: 1 }
	]);
});

test('whatever a replaced call still says is ignored', () => {
	const peers = connected();
	expect(mediaCame(peers, 3)).toEqual({ peers, effects: [] });
	expect(callFailed(peers, 3, true)).toEqual({ peers, effects: [] });
});

test('a call from an unknown id waits until presence names it', () => {
	const early = incoming(NO_PEERS, { callId: 5, peerId: 'peer-other', number: 1 });
	const late = scene({ me: person('me', 3), others: [] });
	const waiting = reconcile(early.peers, late);
	expect(waiting.effects).toEqual([]);
	const step = reconcile(waiting.peers, { ...late, others: [other] });
	expect(callIdOf(step.peers.people.other)).toBe(5);
	expect(step.peers.unclaimed).toEqual([]);
});

test('a newer call from the same person replaces the older one', () => {
	const late = scene({ me: person('me', 3) });
	const first = reconcile(incoming(NO_PEERS, { callId: 5, peerId: 'peer-other', number: 1 }).peers, late);
	const second = reconcile(incoming(first.peers, { callId: 6, peerId: 'peer-other', number: 2 }).peers, late);
	expect(second.effects).toEqual([{ type: 'hangUp', callId: 5 }]);
	expect(callIdOf(second.peers.people.other)).toBe(6);
});

test('both sides always agree who calls', () => {
	fc.assert(
		fc.property(fc.integer(), fc.integer(), (a, b) => {
			fc.pre(a !== b);
			expect(iCall(person('a', a), person('b', b))).toBe(!iCall(person('b', b), person('a', a)));
		})
	);
});

const spareOnly = (change: Partial<Scene> = {}) => scene({ myPeerId: null, ...change });
const silent = () => heard(connected(), 7, true);

test('[T4] who calls by rule calls beside a silent call at once and keeps the old one', () => {
	const step = reconcile(silent(), scene());
	expect(step.effects).toEqual([dial(2)]);
	const beside = dialled(step.peers, 'other', { callId: 8, peerId: 'peer-other', number: 2 });
	expect([callIdOf(beside.people.other), besideIdOf(beside.people.other)]).toEqual([7, 8]);
	// The old one heals: the new one is not given up for it, and takes over when it shows something.
	const healed = reconcile(heard(beside, 7, false), scene());
	expect(healed.effects).toEqual([]);
	const won = mediaCame(healed.peers, 8);
	expect(won.effects).toEqual([{ type: 'hangUp', callId: 7 }]);
	expect([callIdOf(won.peers.people.other), besideIdOf(won.peers.people.other)]).toEqual([8, null]);
});

test('[T4] the other side gives them a moment first, unless they cannot call', () => {
	const late = { me: person('me', 3) };
	const step = reconcile(silent(), scene(late));
	expect(step.effects).toEqual([{ type: 'rest', userId: 'other', why: 'courtesy', attempt: 0 }]);
	expect(reconcile(step.peers, scene(late)).effects).toEqual([]);
	expect(reconcile(rested(step.peers, 'other'), scene(late)).effects).toEqual([dial(2)]);
	const noPeerServer = [person('other', 2, { peerId: null })];
	expect(reconcile(silent(), scene({ ...late, others: noPeerServer })).effects).toMatchObject([
		{ type: 'dial', spare: true }
	]);
});

test('[T4] without the PeerServer a silent call is replaced over our own socket, a first one is not', () => {
	expect(reconcile(silent(), spareOnly()).effects).toEqual([
		{ ...dial(2), peerId: 'seat-other', spare: true }
	]);
	expect(reconcile(silent(), spareOnly({ linkUp: false })).effects).toEqual([]);
	expect(reconcile(NO_PEERS, spareOnly()).effects).toEqual([]);
});

test('[T4] a call beside that fails leaves the old one alone and is tried again without end, each way in turn', () => {
	let peers = reconcile(silent(), scene()).peers;
	for (let number = 2; number < 50; number += 1) {
		peers = dialled(peers, 'other', { callId: 10 + number, peerId: 'peer-other', number });
		const step = callFailed(peers, 10 + number, number % 2 === 0);
		expect(step.effects.at(-1)).toMatchObject({ type: 'rest', why: 'failed' });
		expect(callIdOf(step.peers.people.other)).toBe(7);
		const next = reconcile(rested(step.peers, 'other'), scene());
		const other = number % 2 === 0 ? { peerId: 'seat-other', spare: true } : {};
		expect(next.effects).toEqual([{ ...dial(number + 1), ...other }]);
		peers = next.peers;
	}
});

test('[T4] when the old call ends first, the one beside it goes on in its place', () => {
	const beside = dialled(reconcile(silent(), scene()).peers, 'other', {
		...{ callId: 8, peerId: 'peer-other', number: 2 }
	});
	const step = callFailed(beside, 7, true);
	expect(step.effects).toEqual([]);
	expect(step.peers.people.other).toMatchObject({ name: 'calling', dial: { callId: 8 } });
});

test('[T4] nobody who is away is called, and whoever is heard again neither', () => {
	const away = [person('other', 2, { state: 'away' })];
	expect(reconcile(silent(), scene({ others: away })).effects).toEqual([]);
	expect(reconcile(heard(silent(), 7, false), scene()).effects).toEqual([]);
});

test('a call with a lower number comes too late', () => {
	const peers = reconcile(silent(), scene()).peers;
	const beside = dialled(peers, 'other', { callId: 8, peerId: 'peer-other', number: 2 });
	const came = incoming(beside, { callId: 5, peerId: 'peer-other', number: 1 }).peers;
	const step = reconcile(came, scene());
	expect(step.effects).toEqual([{ type: 'hangUp', callId: 5 }]);
	expect(besideIdOf(step.peers.people.other)).toBe(8);
});
