import type { KeptSeat, Memory } from './memory.ts';
import { isAtHome, isFinal, nextPhase, seatOf, type PhaseEvent } from './phase.ts';
import type { Phase } from './roomView.ts';
import type { Seat } from './seat.ts';

/** This page's stay in the lesson: moves the phase, and opens and closes what each phase needs. */
export interface Stay {
	phase(): Phase;
	/** Opens what the first phase needs; called once. */
	begin(): void;
	move(event: PhaseEvent): void;
	/** In the lobby or in the room, with a seat of one's own. */
	isSeated(): boolean;
	/** Seated, or before “Join session”: devices may be on. */
	isAtHome(): boolean;
}

export function createStay(deps: {
	first: Phase;
	memory: Memory;
	seat: Seat;
	/** From the lobby into the room: everything stays open, and the calls begin. */
	onStarted: () => void;
	/** Out of a seat: calls, devices and whatever belonged to it are let go. */
	letGo: () => void;
	/** Nothing more happens on this page. */
	onFinal: () => void;
	onChange: () => void;
}): Stay {
	const { first, memory, seat, onStarted, letGo, onFinal, onChange } = deps;
	let phase = first;

	function remember(next: Phase): void {
		const kept = keptSeat(next);
		if (kept !== null) memory.rememberSeat(kept);
	}

	function enter(next: Phase): void {
		const place = seatOf(next);
		remember(next);
		if (!isAtHome(next)) letGo();
		if (place !== 'none') return seat.take(place === 'seated');
		if (next.name === 'left') seat.giveBack();
		else seat.drop();
		if (isFinal(next)) onFinal();
	}

	return {
		phase: () => phase,
		begin: () => enter(phase),
		move(event) {
			const before = phase;
			phase = nextPhase(phase, event);
			if (phase === before) return;
			// From the lobby into the room the seat stays the same.
			if (before.name === 'lobby' && phase.name === 'inRoom') {
				remember(phase);
				onStarted();
			} else enter(phase);
			onChange();
		},
		isSeated: () => seatOf(phase) === 'seated',
		isAtHome: () => isAtHome(phase)
	};
}

/** What is to be remembered of a phase; null where nothing has changed about it yet. */
function keptSeat({ name }: Phase): KeptSeat | null {
	switch (name) {
		case 'lobby':
			return 'lobby';
		case 'inRoom':
			return 'room';
		case 'elsewhere':
			return 'elsewhere';
		case 'loading':
		case 'joining':
			return null;
		default:
			return 'none';
	}
}
