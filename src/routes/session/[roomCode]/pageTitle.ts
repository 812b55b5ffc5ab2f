import type { Phase } from '../../../lib/room/roomView.ts';
import type { SessionView } from '../../../lib/shared/roomState.ts';

/** Title of the browser tab: where one stands comes first, because tabs are narrow. */
export function pageTitle(phase: Phase, session: SessionView): string {
	return `${stateWords(phase, session)} · ${session.title} · PeerLearn`;
}

function stateWords(phase: Phase, session: SessionView): string {
	switch (phase.name) {
		case 'loading':
			return session.status === 'cancelled' ? 'Cancelled' : session.status === 'live' ? 'Join' : 'Lobby';
		case 'lobby':
			return 'Lobby';
		case 'joining':
			return 'Join';
		case 'inRoom':
			return 'In the lesson';
		case 'left':
			return 'You left';
		case 'elsewhere':
			return 'Open elsewhere';
		case 'ended':
			return 'Lesson ended';
		case 'full':
			return 'The room is full';
		case 'removed':
			return 'Not in the session';
		case 'over':
			return session.status === 'missed' ? 'Missed' : 'Cancelled';
		case 'refused':
			return 'Not available';
	}
}
