import { REFUSALS, type RefusalReason } from '../shared/refusals.ts';
import type { RoomEvent } from '../shared/roomEvents.ts';
import type { SessionView } from '../shared/roomState.ts';
import type { Announcer } from './announcer.ts';
import type { ClockSync } from './clockSync.ts';
import type { Company } from './company.ts';
import type { Conversation } from './conversation.ts';
import { readLog } from './logReader.ts';
import { isFinal } from './phase.ts';
import type { Clock, ServerLink, Stop } from './ports.ts';
import type { Seat } from './seat.ts';
import { foldSession } from './session.ts';
import { createSessionCheck } from './sessionCheck.ts';
import type { Stay } from './stay.ts';
import { foldWereThere, NOBODY_WAS_THERE } from './wereThere.ts';

/** The lesson as the server tells it: its log, and the server's own answer where the log cannot tell. */
export interface LessonState {
	session(): SessionView;
	/** Who was there while it was live, as far as it is read: user ids. */
	taught(): ReadonlySet<string>;
	/** From the first entry on, each once. */
	read(): void;
	/** Also takes answers to `say`, which may come before or after the same entry in the log. */
	fold(event: RoomEvent): void;
	/** Asks the server where the session stands. */
	ask(): void;
	/** Asks when this person should have a seat and has none. */
	checkSeat(): void;
	/** Every second. */
	tick(): void;
	stopReading(): void;
}

export function createLessonState(deps: {
	first: SessionView;
	/** When `first` was made, server time in ms: what is older is in it. */
	loadedAt: number;
	link: ServerLink;
	clock: Clock;
	sync: ClockSync;
	announcer: Announcer;
	conversation: Conversation;
	company: Pick<Company, 'event' | 'restart'>;
	seat: Seat;
	stay: Stay;
	isClosed: () => boolean;
	onRefused: (reason: RefusalReason) => void;
	onChange: () => void;
}): LessonState {
	const { first, loadedAt, link, clock, sync, announcer, conversation, company, seat, stay } = deps;
	const { isClosed, onRefused, onChange } = deps;
	let session = first;
	let wereThere = NOBODY_WAS_THERE;
	let stopReading: Stop | null = null;

	const check = createSessionCheck({
		link,
		clock,
		wanted: () => !isClosed() && !isFinal(stay.phase()),
		onState(state) {
			session = state.session;
			sync.heard(state.serverNow);
			stay.move({ type: 'session', session });
			if (!state.removed && stay.phase().name === 'removed') onReadmitted();
			onChange();
		}
	});

	function fold(event: RoomEvent): void {
		conversation.event(event);
		session = foldSession(session, event);
		wereThere = foldWereThere(wereThere, event);
		company.event(event);
		announcer.event(event);
		if (event.type === 'session.end') stay.move({ type: 'end', ...event.payload });
		else if (event.type === 'session.start' || event.type === 'session.cancelled')
			stay.move({ type: 'session', session });
		if (event.at > loadedAt && changesPeople(event)) check.askAnew();
		onChange();
	}

	/** The log does not name people: who is new, or no longer hidden from this person, stands in the server's answer. */
	function changesPeople({ type, actorId }: RoomEvent): boolean {
		if (type === 'session.changed') return true;
		const isArrival = type === 'learner.join' || type === 'mentor.join';
		return isArrival && !session.members.some(({ userId }) => userId === actorId);
	}

	function onRestored(): void {
		conversation.restart();
		company.restart();
		wereThere = NOBODY_WAS_THERE;
		announcer.tell('error', REFUSALS['log-restored']);
		check.ask();
		onChange();
	}

	function onReadmitted(): void {
		link.readmitted();
		stay.move({ type: 'return', session });
		announcer.tell('info', 'You are in the session again, with microphone and camera off.');
	}

	/** Once a session is over nobody has a seat: without it something happened that the log may not tell. */
	function checkSeat(): void {
		if (stay.isSeated() && seat.hasHeard() && !seat.mine()) check.ask();
	}

	return {
		session: () => session,
		taught: () => wereThere.taught,
		read() {
			stopReading = readLog({ link, onEvent: fold, onRestored, onRefused });
		},
		fold,
		ask: check.ask,
		checkSeat,
		tick() {
			announcer.tick(session.endsAt);
			check.askIfOverdue(session.endsAt, sync.now());
			checkSeat();
			// Nothing else tells somebody who may not listen.
			if (stay.phase().name === 'removed') check.ask();
		},
		stopReading() {
			stopReading?.();
			stopReading = null;
		}
	};
}
