import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CAPTION_GIVING } from '../shared/captions.ts';
import { DEVICE_FAILURES } from '../shared/deviceTrouble.ts';
import { GRADES, QUALITY_REASONS } from '../shared/lineReport.ts';
import type { Participant } from '../shared/live.ts';
import { isMediaReady, isPublished, othersOf, ownSeat, peopleView } from './presence.ts';

const media = { microphone: true, camera: false, screen: false };
const truth = { peerId: 'mine', media, handRaised: true, line: null, captions: null };
const calm = {
	stream: null,
	silentSince: null,
	frozen: false,
	heard: true,
	path: 'none',
	relayed: null
} as const;
const unjudged = () => null;
const noCall = () => ({ call: 'waiting' as const, ...calm });
const own = { userId: 'me', truth, isConnected: true };

const participant: fc.Arbitrary<Participant> = fc.record({
	userId: fc.constantFrom('me', 'a', 'b', 'c'),
	name: fc.string(),
	role: fc.constantFrom('mentor', 'learner'),
	seatId: fc.constantFrom('s1', 's2', 's3'),
	arrival: fc.integer({ min: 1, max: 50 }),
	state: fc.constantFrom('here', 'away'),
	peerId: fc.option(fc.constantFrom('mine', 'p1')),
	media: fc.record({ microphone: fc.boolean(), camera: fc.boolean(), screen: fc.boolean() }),
	handRaised: fc.boolean(),
	handRaisedAt: fc.option(fc.integer({ min: 0 })),
	captions: fc.option(fc.record({ wanted: fc.boolean(), giving: fc.constantFrom(...CAPTION_GIVING) })),
	line: fc.option(
		fc.record({
			sending: fc.constantFrom(...GRADES),
			receiving: fc.constantFrom(...GRADES),
			server: fc.constantFrom(...GRADES),
			reason: fc.option(fc.constantFrom(...QUALITY_REASONS)),
			pausedFor: fc.uniqueArray(fc.constantFrom('me', 'a', 'b'))
		})
	),
	deviceTrouble: fc.option(fc.record({ camera: fc.constantFrom(...DEVICE_FAILURES) }))
});
const participants = fc.uniqueArray(participant, { selector: ({ userId }) => userId });

test('people stand in the order of their arrival, and one’s own states answer at once', () => {
	fc.assert(
		fc.property(participants, (list) => {
			const people = peopleView(list, own, noCall, unjudged, 0);
			const arrivals = people.map(({ arrival }) => arrival);
			expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
			expect(people).toHaveLength(list.length);
			for (const person of people) {
				expect(person.isMe).toBe(person.userId === 'me');
				if (person.isMe) expect(person).toMatchObject(truth);
			}
		})
	);
});

test('a seat is published exactly when what the server shows is the truth', () => {
	fc.assert(
		fc.property(participant, (seat) => {
			expect(isPublished(seat, seat)).toBe(true);
			expect(isPublished(seat, { ...seat, handRaised: !seat.handRaised })).toBe(false);
			expect(isPublished(seat, { ...seat, peerId: 'another' })).toBe(false);
			const media = { ...seat.media, camera: !seat.media.camera };
			expect(isPublished(seat, { ...seat, media })).toBe(false);
			const line = seat.line && { ...seat.line, pausedFor: [...seat.line.pausedFor, 'b2'] };
			expect(isPublished(seat, { ...seat, line })).toBe(seat.line === null);
			const deviceTrouble = { ...seat.deviceTrouble, microphone: 'gone' as const };
			expect(isPublished(seat, { ...seat, deviceTrouble })).toBe(false);
			// A page that has tried no device knows nothing about them.
			expect(isPublished(seat, { ...seat, deviceTrouble: undefined })).toBe(true);
		})
	);
});

test('nobody is both oneself and another', () => {
	fc.assert(
		fc.property(participants, (list) => {
			const others = othersOf(list, 'me');
			expect(others.some(({ userId }) => userId === 'me')).toBe(false);
			const seat = ownSeat(list, 's1');
			expect(seat === null || seat.seatId === 's1').toBe(true);
		})
	);
});

test('[C4] media is ready alone with the PeerServer, and with others once a call is connected', () => {
	fc.assert(
		fc.property(participants, fc.option(fc.constant('mine')), (list, peerId) => {
			const alone = !list.some(({ userId }) => userId !== 'me');
			const waiting = peopleView(list, own, noCall, unjudged, 0);
			expect(isMediaReady(waiting, peerId)).toBe(alone && peerId !== null);
			const inCall = peopleView(list, own, () => ({ call: 'connected', ...calm }), unjudged, 0);
			if (!alone) expect(isMediaReady(inCall, peerId)).toBe(true);
		})
	);
});

test('[T4] three seconds of silence, or a lost socket of theirs, are their reconnecting', () => {
	const other = (state: 'here' | 'away', silentSince: number | null, isConnected = true) => {
		const list = [{ ...fc.sample(participant, 1)[0]!, userId: 'a', state }];
		const call = () => ({ ...calm, call: 'connected' as const, silentSince });
		return peopleView(list, { ...own, isConnected }, call, unjudged, 10_000)[0]?.trouble;
	};
	expect(other('here', null)).toBe(null);
	expect(other('here', 7_500)).toBe('retrying');
	expect(other('here', 7_000)).toBe('reconnecting');
	expect(other('away', null)).toBe('reconnecting');
	// It may be this side: nothing is said about theirs.
	expect(other('here', 1_000, false)).toBe('retrying');
});
