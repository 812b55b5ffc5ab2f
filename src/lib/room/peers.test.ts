import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_MEDIA, type Participant } from '../shared/live.ts';
import {
	callFailed,
	callIdOf,
	dialled,
	iCall,
	incoming,
	mediaCame,
	NO_PEERS,
	reconcile,
	rested,
	type PeerEffect,
	type Peers,
	type PeersStep,
	type Scene
} from './peers.ts';

function person(userId: string, arrival: number, change: Partial<Participant> = {}): Participant {
	const place = { seatId: `seat-${userId}`, peerId: `peer-${userId}` };
	const rest = { state: 'here', media: NO_MEDIA, handRaised: false, role: 'learner' } as const;
	return { userId, name: userId, arrival, ...place, ...rest, ...change };
}

const me = person('me', 1);
const other = person('other', 2);
const scene = (change: Partial<Scene> = {}): Scene => ({
	inRoom: true,
	me,
	myPeerId: me.peerId,
	others: [other],
	...change
});

/** The other one was called with call 7 and shows media. */
function connected(): Peers {
	const peers = reconcile(NO_PEERS, scene()).peers;
	return mediaCame(dialled(peers, 'other', { callId: 7, peerId: 'peer-other' }), 7);
}

test('the earlier arrival dials, the later one waits', () => {
	expect(reconcile(NO_PEERS, scene()).effects).toEqual([
		{ type: 'dial', userId: 'other', peerId: 'peer-other' }
	]);
	const late = scene({ me: person('me', 3) });
	expect(reconcile(NO_PEERS, late).effects).toEqual([]);
});

test.each<[string, Partial<Scene>]>([
	['outside the room', { inRoom: false }],
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
		{ type: 'dial', userId: 'other', peerId: 'peer-new' }
	]);
});

test('[T1] a connected call survives a lost PeerServer and a new id of the same page', () => {
	for (const peerId of [null, 'peer-renewed']) {
		const step = reconcile(connected(), scene({ others: [person('other', 2, { peerId })] }));
		expect(step.effects).toEqual([]);
		expect(callIdOf(step.peers.people.other)).toBe(7);
	}
});

test('a call that is not connected yet is made anew for a new id', () => {
	const calling = dialled(reconcile(NO_PEERS, scene()).peers, 'other', { callId: 7, peerId: 'peer-other' });
	const step = reconcile(calling, scene({ others: [person('other', 2, { peerId: 'peer-renewed' })] }));
	expect(step.effects.map((effect) => effect.type)).toEqual(['hangUp', 'dial']);
});

test('[T1] somebody away keeps their call; somebody gone does not', () => {
	expect(reconcile(connected(), scene({ others: [person('other', 2, { state: 'away' })] })).effects).toEqual(
		[]
	);
	expect(reconcile(connected(), scene({ others: [] }))).toEqual({
		peers: NO_PEERS,
		effects: [{ type: 'hangUp', callId: 7 }]
	});
});

test('a failed call rests before the next try, longer each time', () => {
	const first = callFailed(connected(), 7, true);
	expect(first.effects).toEqual([{ type: 'rest', userId: 'other', attempt: 0 }]);
	expect(reconcile(first.peers, scene()).effects).toEqual([]);
	const again = rested(first.peers, 'other');
	expect(reconcile(again, scene()).effects).toHaveLength(1);
	const second = callFailed(dialled(again, 'other', { callId: 8, peerId: 'peer-other' }), 8, false);
	expect(second.effects).toEqual([
		{ type: 'hangUp', callId: 8 },
		{ type: 'rest', userId: 'other', attempt: 1 }
	]);
});

test('whatever a replaced call still says is ignored', () => {
	const peers = connected();
	expect(mediaCame(peers, 3)).toBe(peers);
	expect(callFailed(peers, 3, true)).toEqual({ peers, effects: [] });
});

test('a call from an unknown id waits until presence names it', () => {
	const early = incoming(NO_PEERS, { callId: 5, peerId: 'peer-other' });
	const late = scene({ me: person('me', 3), others: [] });
	const waiting = reconcile(early.peers, late);
	expect(waiting.effects).toEqual([]);
	const step = reconcile(waiting.peers, { ...late, others: [other] });
	expect(callIdOf(step.peers.people.other)).toBe(5);
	expect(step.peers.unclaimed).toEqual([]);
});

test('a newer call from the same person replaces the older one', () => {
	const late = scene({ me: person('me', 3) });
	const first = reconcile(incoming(NO_PEERS, { callId: 5, peerId: 'peer-other' }).peers, late);
	const second = reconcile(incoming(first.peers, { callId: 6, peerId: 'peer-other' }).peers, late);
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

/** One page of two, driven by `peers.ts` alone. */
interface Side {
	peers: Peers;
	scene: Scene;
}

test('[P2] whatever the order of messages, two pages end with one call, the same on both sides', () => {
	fc.assert(
		fc.property(
			// Who thinks whom to be earlier at first, and in which order everything arrives.
			fc.boolean(),
			fc.boolean(),
			fc.array(fc.nat(5), { maxLength: 40 }),
			(aIsEarlier, bIsEarlier, order) => {
				const view = (mine: string, theirs: string, first: boolean): Scene => ({
					inRoom: true,
					me: person(mine, first ? 1 : 2),
					myPeerId: `peer-${mine}`,
					others: [person(theirs, first ? 2 : 1)]
				});
				const sides: Record<string, Side> = {
					a: { peers: NO_PEERS, scene: view('a', 'b', aIsEarlier) },
					b: { peers: NO_PEERS, scene: view('b', 'a', bIsEarlier) }
				};
				const otherOf = { a: 'b', b: 'a' } as Record<string, string>;
				let calls = 0;
				const open = new Map<number, string>();
				const queue: (() => void)[] = [];

				const run = (side: string, change: (peers: Peers) => PeersStep) => {
					const page = sides[side];
					if (!page) return;
					const step = change(page.peers);
					page.peers = step.peers;
					for (const effect of step.effects) perform(side, effect);
				};
				const settle = (side: string) => run(side, (peers) => reconcile(peers, sides[side]!.scene));
				const perform = (side: string, effect: PeerEffect) => {
					const partner = otherOf[side]!;
					if (effect.type === 'dial') {
						const callId = ++calls;
						open.set(callId, side);
						run(side, (peers) => ({
							peers: dialled(peers, effect.userId, { callId, peerId: effect.peerId }),
							effects: []
						}));
						queue.push(() => {
							if (!open.has(callId)) return;
							run(partner, (peers) => incoming(peers, { callId, peerId: `peer-${side}` }));
							settle(partner);
						});
					} else if (effect.type === 'hangUp') {
						if (!open.delete(effect.callId)) return;
						queue.push(() => {
							run(partner, (peers) => callFailed(peers, effect.callId, true));
							settle(partner);
						});
					} else {
						queue.push(() => {
							run(side, (peers) => ({ peers: rested(peers, effect.userId), effects: [] }));
							settle(side);
						});
					}
				};

				settle('a');
				settle('b');
				for (const choice of order) queue.splice(choice % (queue.length || 1), 1)[0]?.();
				// Presence heals: both come to know the true order.
				sides.a!.scene = view('a', 'b', true);
				sides.b!.scene = view('b', 'a', false);
				settle('a');
				settle('b');
				for (let i = 0; i < 200 && queue.length > 0; i += 1) queue.shift()?.();

				const ends = [callIdOf(sides.a!.peers.people.b), callIdOf(sides.b!.peers.people.a)];
				expect(queue).toHaveLength(0);
				expect(ends[0]).not.toBeNull();
				expect(ends[0]).toBe(ends[1]);
				expect(open.size).toBe(1);
			}
		),
		{ numRuns: 500 }
	);
});
