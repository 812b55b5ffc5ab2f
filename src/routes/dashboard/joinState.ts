import { formatCountdown } from '../../lib/shared/time.ts';

/** Where an upcoming session stands for whoever may join it. Instants are ms on the server's clock. */
export type JoinState =
	/** It runs. */
	| 'live'
	/** The lobby has filled or will soon: the mentor may start. */
	| 'open'
	/** There is time. */
	| 'later';

export function joinState(session: { status: string; startableFrom: number }, now: number): JoinState {
	if (session.status === 'live') return 'live';
	return session.startableFrom <= now ? 'open' : 'later';
}

/** What stands beside the button: `Live now`, `Starts in 12:05`, `Starts in 3 days`, `About to start`. */
export function startWords(session: { status: string; startsAt: number }, now: number): string {
	if (session.status === 'live') return 'Live now';
	return session.startsAt > now ? `Starts in ${formatCountdown(session.startsAt - now)}` : 'About to start';
}
