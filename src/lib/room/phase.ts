import type { RefusalReason } from '../shared/refusals.ts';
import type { SessionView } from '../shared/roomState.ts';
import type { EndReason } from '../shared/sessionStatus.ts';
import type { Phase } from './roomView.ts';

export type PhaseEvent =
	/** The session's status may have changed: by a log entry or a fresh answer of the server. */
	| { type: 'session'; session: SessionView }
	/** The log entry that ends it, with the duration the server booked. */
	| { type: 'end'; reason: EndReason; durationSeconds: number }
	| { type: 'join' }
	| { type: 'leave' }
	/** “Rejoin” or “Continue here”. */
	| { type: 'return'; session: SessionView }
	| { type: 'seatTaken' }
	| { type: 'refused'; reason: RefusalReason };

/** Where the page starts. `remembered`: there is a seat here to go back to. `removed`: by the mentor. */
export function firstPhase(session: SessionView, remembered: boolean, removed = false): Phase {
	if (removed) return bySession({ name: 'removed' }, session);
	const phase: Phase = remembered && session.status === 'live' ? { name: 'inRoom' } : { name: 'joining' };
	return session.status === 'scheduled' ? { name: 'lobby' } : bySession(phase, session);
}

/** The only place where the phase moves. Events that make no sense in a phase leave it as it is. */
export function nextPhase(phase: Phase, event: PhaseEvent): Phase {
	if (isFinal(phase)) return phase;
	switch (event.type) {
		case 'session':
			return bySession(phase, event.session);
		case 'end':
			return { name: 'ended', reason: event.reason, durationSeconds: event.durationSeconds };
		case 'join':
			return phase.name === 'joining' ? { name: 'inRoom' } : phase;
		case 'leave':
			return phase.name === 'lobby' || phase.name === 'inRoom' ? { name: 'left' } : phase;
		case 'return':
			return mayReturn(phase) ? firstPhase(event.session, true) : phase;
		case 'seatTaken':
			return seatOf(phase) === 'seated' ? { name: 'elsewhere' } : phase;
		case 'refused':
			return refusedPhase(event.reason);
	}
}

/** Whether the person holds a seat, only watches who is there, or neither. */
export function seatOf(phase: Phase): 'seated' | 'watching' | 'none' {
	if (phase.name === 'lobby' || phase.name === 'inRoom') return 'seated';
	return phase.name === 'joining' || phase.name === 'full' ? 'watching' : 'none';
}

/** Where devices may be on. */
export function isAtHome(phase: Phase): boolean {
	return phase.name === 'lobby' || phase.name === 'joining' || phase.name === 'inRoom';
}

/** Nothing more happens on this page. */
export function isFinal(phase: Phase): boolean {
	return phase.name === 'ended' || phase.name === 'over' || phase.name === 'refused';
}

/** A full room may have a place again later, and who was removed may be let in again; other refusals are for good. */
function refusedPhase(reason: RefusalReason): Phase {
	if (reason === 'room-full') return { name: 'full' };
	return reason === 'removed' ? { name: 'removed' } : { name: 'refused', reason };
}

function mayReturn({ name }: Phase): boolean {
	return name === 'left' || name === 'elsewhere' || name === 'full' || name === 'removed';
}

function bySession(phase: Phase, session: SessionView): Phase {
	switch (session.status) {
		case 'completed':
			return {
				name: 'ended',
				reason: session.endReason ?? 'time',
				durationSeconds: Math.max(0, Math.round(((session.endedAt ?? 0) - (session.startedAt ?? 0)) / 1000))
			};
		case 'cancelled':
		case 'missed':
			return { name: 'over' };
		case 'live':
			return phase.name === 'lobby' || phase.name === 'loading' ? { name: 'inRoom' } : phase;
		case 'scheduled':
			return phase;
	}
}
