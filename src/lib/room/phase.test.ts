import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionView } from '../shared/roomState.ts';
import { SESSION_STATUSES } from '../shared/sessionStatus.ts';
import { firstPhase, isAtHome, isFinal, nextPhase, seatOf, type PhaseEvent } from './phase.ts';
import { foldSession } from './session.ts';

function session(status: SessionView['status']): SessionView {
	const times = { startsAt: 0, endsAt: 3_600_000, startableFrom: 0, startedAt: 1_000, endedAt: 61_000 };
	return { roomCode: 'r', title: 'T', status, ...times, endReason: 'mentor', members: [] };
}

test.each([
	['scheduled', false, 'lobby'],
	['live', false, 'joining'],
	['live', true, 'inRoom'],
	['completed', true, 'ended'],
	['cancelled', true, 'over'],
	['missed', false, 'over']
] as const)('[L4] a %s session begins, seat remembered: %s, as %s', (status, remembered, name) => {
	expect(firstPhase(session(status), remembered).name).toBe(name);
});

test('[L3] the start moves the lobby into the room, and nobody else', () => {
	const start: PhaseEvent = { type: 'session', session: session('live') };
	expect(nextPhase({ name: 'lobby' }, start)).toEqual({ name: 'inRoom' });
	for (const name of ['joining', 'left', 'elsewhere'] as const) {
		expect(nextPhase({ name }, start)).toEqual({ name });
	}
});

test('[F1] the end reaches every phase that is not final, with the server’s duration', () => {
	const end: PhaseEvent = { type: 'end', reason: 'time', durationSeconds: 60 };
	for (const name of ['lobby', 'joining', 'inRoom', 'left', 'elsewhere'] as const) {
		expect(nextPhase({ name }, end)).toEqual({ name: 'ended', reason: 'time', durationSeconds: 60 });
	}
	expect(firstPhase(session('completed'), false)).toEqual({
		name: 'ended',
		reason: 'mentor',
		durationSeconds: 60
	});
});

test('[C2] a full room can be tried again, other refusals cannot', () => {
	const back: PhaseEvent = { type: 'return', session: session('live') };
	expect(nextPhase({ name: 'lobby' }, { type: 'refused', reason: 'room-full' })).toEqual({ name: 'full' });
	expect(nextPhase({ name: 'full' }, back)).toEqual({ name: 'inRoom' });
	// Waiting for a place is done without a seat and without devices.
	expect(seatOf({ name: 'full' })).toBe('watching');
	expect(isAtHome({ name: 'full' })).toBe(false);
	expect(nextPhase({ name: 'refused', reason: 'not-found' }, back).name).toBe('refused');
});

test('[C2] whoever was removed waits for the mentor, also after a reload, and comes back without a new page', () => {
	const removed: PhaseEvent = { type: 'refused', reason: 'removed' };
	for (const name of ['joining', 'inRoom'] as const)
		expect(nextPhase({ name }, removed)).toEqual({ name: 'removed' });
	expect(firstPhase(session('live'), true, true)).toEqual({ name: 'removed' });
	expect(firstPhase(session('completed'), true, true).name).toBe('ended');
	expect(nextPhase({ name: 'removed' }, { type: 'session', session: session('live') })).toEqual({
		name: 'removed'
	});
	expect(nextPhase({ name: 'removed' }, { type: 'return', session: session('live') })).toEqual({
		name: 'inRoom'
	});
});

const event: fc.Arbitrary<PhaseEvent> = fc.oneof(
	fc.constantFrom<PhaseEvent>(
		{ type: 'join' },
		{ type: 'leave' },
		{ type: 'seatTaken' },
		{ type: 'end', reason: 'mentor', durationSeconds: 1 },
		{ type: 'refused', reason: 'room-full' },
		{ type: 'refused', reason: 'removed' },
		{ type: 'refused', reason: 'not-found' }
	),
	fc.record({
		type: fc.constantFrom('session' as const, 'return' as const),
		session: fc.constantFrom(...SESSION_STATUSES).map(session)
	})
);

test('final is final, and a seat is never held by somebody who left', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...SESSION_STATUSES),
			fc.boolean(),
			fc.array(event),
			(status, seat, events) => {
				let phase = firstPhase(session(status), seat);
				for (const one of events) {
					const before = phase;
					phase = nextPhase(phase, one);
					if (isFinal(before)) expect(phase).toBe(before);
					if (one.type === 'leave' || one.type === 'seatTaken') expect(seatOf(phase)).not.toBe('seated');
				}
				expect(phase.name).not.toBe('loading');
			}
		)
	);
});

test('[M2] replaying old entries over the page’s first state changes nothing backwards', () => {
	const live = { ...session('live'), endedAt: null, endReason: null };
	const entry = { seq: 1, clientId: 'c', actorId: null };
	const start = foldSession(live, { ...entry, at: 9_999, type: 'session.start', payload: {} });
	expect(start).toBe(live);
	const shorter = { minutes: 5, endsAt: live.endsAt - 1 };
	expect(foldSession(live, { ...entry, at: 1, type: 'session.extend', payload: shorter })).toBe(live);
	const longer = { minutes: 5, endsAt: live.endsAt + 300_000 };
	expect(foldSession(live, { ...entry, at: 1, type: 'session.extend', payload: longer }).endsAt).toBe(
		longer.endsAt
	);
});
