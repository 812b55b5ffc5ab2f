import type { RefusalReason } from '../../shared/refusals.ts';
import type { Clock, Stop } from '../ports.ts';
import { onWake } from './browserNetwork.ts';

/** How often it is looked whether somebody has signed in, in this tab's browser but another tab, ms. */
const LOOK_EVERY = 3_000;

/** Whether signing in again helps against a refusal. */
export function isSignIn(reason: RefusalReason): boolean {
	return reason === 'signed-out' || reason === 'bad-csrf';
}

/**
 * While the page is signed out: looks whether the same person has signed in again, in another tab for instance, so
 * that nobody has to reload (spec T10). Somebody else in their place changes nothing here.
 */
export function watchSignIn(deps: {
	roomCode: string;
	userId: string;
	clock: Clock;
	onSignedIn: (csrf: string) => void;
}): { start(): void; stop: Stop } {
	const { roomCode, userId, clock, onSignedIn } = deps;
	let stops: Stop[] = [];
	let asking = false;

	async function look(): Promise<void> {
		if (asking) return;
		asking = true;
		const csrf = await readToken().catch(() => null);
		asking = false;
		if (csrf === null || stops.length === 0) return;
		stop();
		onSignedIn(csrf);
	}

	async function readToken(): Promise<string | null> {
		const answer = await fetch(`/session/${encodeURIComponent(roomCode)}/login`, { cache: 'no-store' });
		if (!answer.ok) return null;
		const login: unknown = await answer.json();
		if (typeof login !== 'object' || login === null || !('userId' in login) || !('csrf' in login))
			return null;
		return login.userId === userId && typeof login.csrf === 'string' ? login.csrf : null;
	}

	function stop(): void {
		stops.forEach((each) => each());
		stops = [];
	}

	return {
		start() {
			if (stops.length === 0) stops = [clock.every(LOOK_EVERY, () => void look()), onWake(() => void look())];
		},
		stop
	};
}
