import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_MEDIA, type Participant } from '../shared/live.ts';
import {
	besideIdOf,
	callFailed,
	callIdOf,
	dialled,
	heard,
	incoming,
	mediaCame,
	NO_PEERS,
	reconcile,
	rested
} from './peers.ts';
import type { PeerEffect, Peers, PeersStep, Scene } from './peerTypes.ts';

type Name = 'a' | 'b';
const OTHER: Record<Name, Name> = { a: 'b', b: 'a' };

function person(userId: string, arrival: number): Participant {
	const place = { seatId: `seat-${userId}`, peerId: `peer-${userId}`, state: 'here' } as const;
	return {
		userId,
		name: userId,
		arrival,
		media: NO_MEDIA,
		handRaised: false,
		handRaisedAt: null,
		line: null,
		deviceTrouble: null,
		captions: null,
		role: 'learner',
		...place
	};
}

function view(mine: Name, first: boolean): Scene {
	const me = person(mine, first ? 1 : 2);
	return {
		...{ open: true, started: true, linkUp: true, me, myPeerId: me.peerId },
		others: [person(OTHER[mine], first ? 2 : 1)]
	};
}

/** Two pages driven by `peers.ts` alone, and a network between them that can lose whatever they tell each other. */
function twoPages(aThinksFirst: boolean, bThinksFirst: boolean) {
	const pages: Record<Name, { peers: Peers; scene: Scene; open: Set<number> }> = {
		a: { peers: NO_PEERS, scene: view('a', aThinksFirst), open: new Set() },
		b: { peers: NO_PEERS, scene: view('b', bThinksFirst), open: new Set() }
	};
	/** What is under way; one that may be lost says so. */
	const queue: { run: () => void; mayBeLost: boolean }[] = [];
	let calls = 0;

	function change(name: Name, how: (peers: Peers) => PeersStep | Peers): void {
		const page = pages[name];
		const step = how(page.peers);
		page.peers = 'peers' in step ? step.peers : step;
		if ('effects' in step) for (const effect of step.effects) perform(name, effect);
	}

	function settle(name: Name): void {
		change(name, (peers) => reconcile(peers, pages[name].scene));
	}

	function perform(name: Name, effect: PeerEffect): void {
		const partner = OTHER[name];
		if (effect.type === 'dial') {
			const callId = ++calls;
			const { number } = effect;
			pages[name].open.add(callId);
			change(name, (peers) => dialled(peers, effect.userId, { callId, number, peerId: effect.peerId }));
			const run = () => {
				pages[partner].open.add(callId);
				change(partner, (peers) => incoming(peers, { callId, number, peerId: `peer-${name}` }));
				settle(partner);
			};
			queue.push({ run, mayBeLost: true });
		} else if (effect.type === 'hangUp') {
			if (!pages[name].open.delete(effect.callId)) return;
			queue.push({ run: () => closed(partner, effect.callId, true), mayBeLost: true });
		} else {
			const run = () => {
				change(name, (peers) => rested(peers, effect.userId));
				settle(name);
			};
			queue.push({ run, mayBeLost: false });
		}
	}

	function closed(name: Name, callId: number, byOther: boolean): void {
		const { open } = pages[name];
		if (!open.has(callId)) return;
		if (byOther) open.delete(callId);
		change(name, (peers) => callFailed(peers, callId, byOther));
		settle(name);
	}

	function idsOf(name: Name) {
		const peer = pages[name].peers.people[OTHER[name]];
		return { peer, callId: callIdOf(peer), beside: besideIdOf(peer) };
	}

	return {
		pages,
		queue,
		idsOf,
		start: () => (['a', 'b'] as const).forEach(settle),
		learnOrder() {
			pages.a.scene = view('a', true);
			pages.b.scene = view('b', false);
			settle('a');
			settle('b');
		},
		setHeard(name: Name, silent: boolean) {
			const { callId } = idsOf(name);
			change(name, (peers) => heard(peers, callId ?? -1, silent));
			settle(name);
		},
		/** Media comes in over a call that is open on both sides. */
		show(name: Name, callId: number | null) {
			if (callId === null || !pages.a.open.has(callId) || !pages.b.open.has(callId)) return;
			change(name, (peers) => mediaCame(peers, callId));
			settle(name);
		},
		/** A call that shows nothing is given up. */
		giveUp(name: Name, callId: number | null) {
			if (callId !== null) closed(name, callId, false);
		}
	};
}

type Pages = ReturnType<typeof twoPages>;

/** From now on nothing is lost, media flows where both sides hold a call, and timers run out. */
function calmDown(pages: Pages): void {
	pages.learnOrder();
	for (let round = 0; round < 60; round += 1) {
		while (pages.queue.length > 0) pages.queue.shift()?.run();
		for (const name of ['a', 'b'] as const) {
			const other = OTHER[name];
			for (const callId of [pages.idsOf(name).callId, pages.idsOf(name).beside]) pages.show(name, callId);
			const { peer, callId, beside } = pages.idsOf(name);
			const dead = (id: number | null) => id !== null && !pages.pages[other].open.has(id);
			if (peer?.name === 'connected') pages.setHeard(name, dead(callId));
			else if (dead(callId)) pages.giveUp(name, callId);
			if (dead(beside)) pages.giveUp(name, beside);
		}
	}
}

const step = fc.record({
	side: fc.constantFrom<Name>('a', 'b'),
	what: fc.constantFrom(
		'deliver',
		'deliver',
		'lose',
		'silent',
		'heard',
		'show',
		'showBeside',
		'giveUp',
		'giveUpBeside'
	),
	which: fc.nat(5)
});

test('[P2] [T4] calls that cross, fail and get lost end in exactly one, the same on both sides', () => {
	fc.assert(
		fc.property(
			fc.boolean(),
			fc.boolean(),
			fc.array(step, { maxLength: 60 }),
			(aThinksFirst, bThinksFirst, steps) => {
				const pages = twoPages(aThinksFirst, bThinksFirst);
				pages.start();
				for (const { side, what, which } of steps) {
					const { callId, beside } = pages.idsOf(side);
					const at = which % (pages.queue.length || 1);
					if (what === 'deliver') pages.queue.splice(at, 1)[0]?.run();
					else if (what === 'lose' && pages.queue[at]?.mayBeLost) pages.queue.splice(at, 1);
					else if (what === 'silent' || what === 'heard') pages.setHeard(side, what === 'silent');
					else if (what === 'show') pages.show(side, callId);
					else if (what === 'showBeside') pages.show(side, beside);
					else if (what === 'giveUp' && pages.idsOf(side).peer?.name === 'calling')
						pages.giveUp(side, callId);
					else if (what === 'giveUpBeside') pages.giveUp(side, beside);
					// Never more than the one that stands and the one beside it.
					expect(pages.pages[side].open.size).toBeLessThanOrEqual(
						2 + pages.pages[side].peers.unclaimed.length
					);
				}
				calmDown(pages);
				const [a, b] = [pages.idsOf('a'), pages.idsOf('b')];
				expect(a.peer?.name).toBe('connected');
				expect(b.peer?.name).toBe('connected');
				expect(a.callId).toBe(b.callId);
				expect([...pages.pages.a.open]).toEqual([a.callId]);
				expect([...pages.pages.b.open]).toEqual([a.callId]);
			}
		),
		{ numRuns: 2_000 }
	);
});

test('[P2] both redial at the same moment: the same one stands on both sides', () => {
	const pages = twoPages(true, false);
	pages.start();
	pages.queue.shift()?.run();
	for (const name of ['a', 'b'] as const) pages.show(name, 1);
	pages.setHeard('a', true);
	pages.setHeard('b', true);
	// The courtesy of the one who does not call by rule is over before the other's call arrives.
	pages.queue.splice(1, 1)[0]?.run();
	expect(pages.queue).toHaveLength(2);
	while (pages.queue.length > 0) pages.queue.shift()?.run();
	expect(pages.idsOf('a')).toMatchObject({ callId: 1, beside: 2 });
	expect(pages.idsOf('b')).toMatchObject({ callId: 1, beside: 2 });
	for (const name of ['b', 'a'] as const) pages.show(name, 2);
	while (pages.queue.length > 0) pages.queue.shift()?.run();
	for (const name of ['a', 'b'] as const) {
		expect(pages.idsOf(name)).toMatchObject({ callId: 2, beside: null });
		expect([...pages.pages[name].open]).toEqual([2]);
	}
});
