import type { Member, SessionView } from '../../shared/roomState.ts';
import type { SessionStatus } from '../../shared/sessionStatus.ts';
import type { Row } from '../db/store.ts';

/** One line of a list of sessions. Instants are ms since the epoch, money is minor units. */
export interface SessionSummary {
	roomCode: string;
	title: string;
	status: SessionStatus;
	/** From when on the mentor may start it. */
	startableFrom: number;
	startsAt: number;
	endsAt: number;
	startedAt: number | null;
	endedAt: number | null;
	durationSeconds: number | null;
	priceMinor: number;
	currency: string;
	/** All members, the mentor first. */
	people: Member[];
}

/** `startEarlyMinutes`: how long before the scheduled start the mentor may start. */
export function toSummary(
	session: Row<'sessions'>,
	people: Member[],
	{ startEarlyMinutes, currency }: { startEarlyMinutes: number; currency: string }
): SessionSummary {
	const { roomCode, title, status, durationSeconds, priceMinor } = session;
	const startableFrom = session.startsAt.getTime() - startEarlyMinutes * 60_000;
	return {
		...{ roomCode, title, status, startableFrom, ...instants(session) },
		...{ durationSeconds, priceMinor, currency, people }
	};
}

/** `startEarlyMs`: how long before the scheduled start the mentor may start. */
export function toView(session: Row<'sessions'>, members: Member[], startEarlyMs: number): SessionView {
	const { roomCode, title, status, endReason, calendarSequence: sequence, cancelReason } = session;
	const startableFrom = session.startsAt.getTime() - startEarlyMs;
	return {
		...{ roomCode, title, status, ...instants(session), endReason, startableFrom, members },
		...(sequence > 0 ? { sequence } : {}),
		...(cancelReason ? { cancelReason } : {})
	};
}

function instants({ startsAt, endsAt, startedAt, endedAt }: Row<'sessions'>) {
	return {
		startsAt: startsAt.getTime(),
		endsAt: endsAt.getTime(),
		startedAt: startedAt?.getTime() ?? null,
		endedAt: endedAt?.getTime() ?? null
	};
}
