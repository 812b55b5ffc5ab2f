import type { RoomState } from '../shared/roomState.ts';
import type { Clock, ServerLink } from './ports.ts';

/** The server ends a session by itself within 2 s of its end; a page that hears nothing by then asks, ms. */
const OVERDUE = 3_000;
/** Between two questions, ms. */
const ASK_AGAIN = 5_000;

/** Asks the server where the session stands when the log cannot tell: missed, cancelled, or refused as over. */
export interface SessionCheck {
	ask(): void;
	/** As `ask`, and again when it has just been asked: what is new now may not be in that answer. */
	askAnew(): void;
	/** Asks when the scheduled end is well past. Instants in server time, ms. */
	askIfOverdue(endsAt: number, now: number): void;
}

export function createSessionCheck(deps: {
	link: ServerLink;
	clock: Clock;
	wanted: () => boolean;
	onState: (state: RoomState) => void;
}): SessionCheck {
	const { link, clock, wanted, onState } = deps;
	let mayAsk = true;
	let isDue = false;

	function ask(): void {
		if (!mayAsk || !wanted()) return;
		mayAsk = false;
		isDue = false;
		clock.after(ASK_AGAIN, () => {
			mayAsk = true;
			if (isDue) ask();
		});
		// Unanswered it is asked again by whatever asked now.
		link.state().then(
			(state) => wanted() && onState(state),
			() => undefined
		);
	}

	return {
		ask,
		askAnew() {
			if (mayAsk) ask();
			else isDue = true;
		},
		askIfOverdue(endsAt, now) {
			if (now > endsAt + OVERDUE) ask();
		}
	};
}
