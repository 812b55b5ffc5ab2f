import type { LiveMessage } from '../shared/live.ts';
import { REFUSALS, type RefusalReason } from '../shared/refusals.ts';
import type { RoomEvent } from '../shared/roomEvents.ts';
import type { RoomState, SessionView } from '../shared/roomState.ts';
import { createAnnouncer } from './announcer.ts';
import { createCalls } from './calls.ts';
import { createCallWays } from './callWays.ts';
import { createClockSync } from './clockSync.ts';
import { composeView } from './composeView.ts';
import { foldConnection } from './connection.ts';
import { createConversation } from './conversation.ts';
import { meaningOf, repeatedly } from './failures.ts';
import { createDeviceControls } from './deviceControls.ts';
import { createEnding } from './ending.ts';
import { extendSession } from './extending.ts';
import { tellHealth } from './healthTeller.ts';
import { createLocalMedia } from './localMedia.ts';
import { readLog } from './logReader.ts';
import { createMemory } from './memory.ts';
import { firstPhase, isFinal, nextPhase, seatOf, type PhaseEvent } from './phase.ts';
import type { Ports, Stop } from './ports.ts';
import { othersOf, type SeatTruth } from './presence.ts';
import { roomDetails } from './roomDetails.ts';
import { watchQuality } from './roomQuality.ts';
import type { ConnectionView, Phase, Room, RoomView } from './roomView.ts';
import { createSeat } from './seat.ts';
import { foldSession } from './session.ts';
import { createSessionCheck } from './sessionCheck.ts';
import { createTickets } from './tickets.ts';
import { createViewFeed } from './viewFeed.ts';

/** Wires the machines to the ports: the only file that knows them all. Starts at once. */
export function createRoom(deps: Ports, initial: RoomState): Room {
	const { link, peers: peerLink, network, clock, randomId } = deps;
	const { me } = initial;
	const memory = createMemory(deps.storage, initial.session.roomCode, me.userId);

	let session: SessionView = initial.session;
	let phase: Phase = firstPhase(session, memory.hadSeat());
	let connection: ConnectionView = { name: 'connecting' };
	let myPeerId: string | null = null;
	let handRaised = false;
	let closed = false;

	const ways = createCallWays(deps, () => seat.id());
	const feed = createViewFeed(compute, clock);
	const sync = createClockSync({ link, clock, serverNow: initial.serverNow });
	const announcer = createAnnouncer(
		() => ({
			phase,
			myUserId: me.userId,
			members: session.members,
			loadedAt: initial.serverNow,
			now: sync.now()
		}),
		feed.changed
	);
	const media = createLocalMedia(deps.devices, clock, {
		onChange: mediaChanged,
		onTrack(kind, track) {
			calls.replaceTrack(kind, track);
			offerStream();
		},
		onTrouble: (text) => announcer.tell('error', text)
	});
	const quality = watchQuality({
		...{ myUserId: me.userId, clock, network, sync, media },
		...{ seat: () => seat, connection: () => connection }
	});
	const calls = createCalls({
		...{ ways, clock, quality, outgoing: media.outgoing, blank: media.blank, onChange: feed.changed },
		onQuality() {
			seat.publish();
			feed.changed();
		}
	});
	const tickets = createTickets({ link, ways, clock, serverNow: sync.now });
	const seat = createSeat({ link, clock, randomId, truth, onMessage: onLive, onRefused });
	const check = createSessionCheck({
		link,
		clock,
		wanted: () => !closed && !isFinal(phase),
		onState(state) {
			session = state.session;
			sync.heard(state.serverNow);
			move({ type: 'session', session });
			feed.changed();
		}
	});
	const controls = createDeviceControls({ media, devices: deps.devices, memory, mayHold: isAtHome });
	const request = repeatedly({
		clock,
		goOn: () => !closed && connection.name !== 'closed',
		onRefused: (text) => announcer.tell('error', text)
	});
	const ending = createEnding({
		...{ clock, memory, request: () => request(() => link.end()) },
		...{ isClosed: () => closed, leave: () => move({ type: 'leave' }), onChange: feed.changed }
	});
	const conversation = createConversation({
		...{ link, clock, randomId, memory, me, onStored: fold, onChange: feed.changed },
		isLive: () => connection.name === 'live'
	});

	const stops: Stop[] = [
		link.onStatus((status) => {
			const before = connection.name;
			connection = foldConnection(connection, status);
			if (connection.name === 'live' && before !== 'live') {
				sync.measure();
				conversation.wake();
			}
			updateCalls();
		}),
		network.onChange(calls.renew),
		tellHealth({ clock, feed, tell: announcer.tell }),
		peerLink.onPeerId((peerId) => {
			myPeerId = peerId;
			seat.publish();
			updateCalls();
		}),
		clock.every(1_000, tick)
	];
	let unfollowLog: Stop | null = readLog({ link, onEvent: fold, onRestored, onRefused });
	enter(phase);
	ending.resume();
	void controls.takeRemembered();

	function truth(): SeatTruth {
		const own = { media: media.media(), deviceTrouble: media.trouble() };
		return { peerId: myPeerId, ...own, handRaised, line: quality.report() };
	}

	function compute(): RoomView {
		return composeView({
			...{ phase, connection, session, me, quality, truth: truth(), devices: media.view() },
			...{ participants: seat.participants(), pictureOf: calls.pictureOf, now: clock.now() },
			...{ notices: announcer.shown(), ending: ending.isPending(), online: network.isOnline() },
			chat: conversation.view(session.members)
		});
	}

	function move(event: PhaseEvent): void {
		const before = phase;
		phase = nextPhase(phase, event);
		if (phase === before) return;
		// From the lobby into the room the seat stays the same.
		if (before.name === 'lobby' && phase.name === 'inRoom') updateCalls();
		else enter(phase);
		feed.changed();
	}

	/** What each phase needs open or closed. */
	function enter(next: Phase): void {
		const place = seatOf(next);
		memory.rememberSeat(place === 'seated');
		if (place !== 'none') return seat.take(place === 'seated');
		if (next.name === 'left') seat.giveBack();
		else seat.drop();
		handRaised = false;
		letGo();
		if (isFinal(next)) {
			unfollowLog?.();
			unfollowLog = null;
		}
	}

	function letGo(): void {
		calls.endAll();
		tickets.stop();
		ways.close();
		media.release();
	}

	function onRestored(): void {
		conversation.restart();
		announcer.tell('error', REFUSALS['log-restored']);
		check.ask();
		feed.changed();
	}

	/** Also takes answers to `say`, which may come before or after the same entry in the log. */
	function fold(event: RoomEvent): void {
		conversation.event(event);
		session = foldSession(session, event);
		announcer.event(event);
		if (event.type === 'session.end') move({ type: 'end', ...event.payload });
		else if (event.type === 'session.start') move({ type: 'session', session });
		feed.changed();
	}

	function onLive(message: LiveMessage): void {
		if (message.type === 'seatTaken') return move({ type: 'seatTaken' });
		if (message.type === 'signal') return ways.hear(message);
		// The rest is for the board.
		if (message.type !== 'presence') return;
		sync.heard(message.serverNow);
		if (seat.mine() && seatOf(phase) === 'seated') {
			tickets.start(seat.id());
			// Placeholders are made now, so that the first call does not wait for them.
			media.outgoing();
		}
		checkSeat();
		updateCalls();
	}

	/** Once a session is over nobody has a seat: without it something happened that the log may not tell. */
	function checkSeat(): void {
		if (seatOf(phase) === 'seated' && seat.hasHeard() && !seat.mine()) check.ask();
	}

	function onRefused(reason: RefusalReason): void {
		const meaning = meaningOf(reason);
		if (meaning === 'seatTaken') return move({ type: 'seatTaken' });
		if (meaning === 'ask') return check.ask();
		if (meaning === 'forGood') return move({ type: 'refused', reason });
		// The picture of the call stays until the person has signed in again.
		connection = { name: 'closed', reason };
		feed.changed();
	}

	function updateCalls(): void {
		const started = phase.name === 'inRoom';
		const open = started || phase.name === 'lobby';
		if (open) offerStream();
		const others = open ? othersOf(seat.participants(), me.userId) : [];
		const linkUp = connection.name === 'live';
		calls.update({ open, started, me: seat.mine(), myPeerId, linkUp, others });
		feed.changed();
	}

	/** Calls that come in are answered with what is sent now: in the lobby, where only the path is tried, with nothing. */
	function offerStream(): void {
		if (phase.name === 'inRoom') ways.answerWith(media.outgoing());
		else if (phase.name === 'lobby' && seat.mine()) ways.answerWith(media.blank());
	}

	function mediaChanged(): void {
		calls.setSharing(media.media().screen);
		seat.publish();
		feed.changed();
	}

	function tick(): void {
		announcer.tick(session.endsAt);
		check.askIfOverdue(session.endsAt, sync.now());
		checkSeat();
	}

	function isAtHome(): boolean {
		return !closed && seatOf(phase) !== 'none';
	}

	function comeBack(): void {
		move({ type: 'return', session });
		void controls.takeRemembered();
	}

	return {
		view: feed.view,
		subscribe: feed.subscribe,
		serverNow: sync.now,
		turnOnDevices: controls.turnOn,
		join: () => move({ type: 'join' }),
		start: () => request(() => link.start()),
		...{ retryDevices: controls.retry, continueWithout: controls.continueWithout },
		setMicrophone: controls.setMicrophone,
		setCamera: controls.setCamera,
		startSharing: async () => void (phase.name === 'inRoom' && (await controls.startSharing())),
		stopSharing: async () => media.stopSharing(),
		raiseHand(raised) {
			handRaised = raised;
			seat.publish();
			feed.changed();
		},
		say: (text) => conversation.say(text, sync.now()),
		retryMessage: (id) => conversation.retry(id),
		extend: (minutes, accepted) => extendSession({ link, request, randomId }, minutes, accepted),
		end: ending.ask,
		leave: () => move({ type: 'leave' }),
		rejoin: comeBack,
		continueHere: comeBack,
		stats: () => calls.stats(),
		setRelayOnly(on) {
			if (ways.useRelayOnly(on)) calls.redial();
		},
		details: () =>
			roomDetails({
				...{ connection: connection.name, peerServer: myPeerId !== null, sync, ways, calls, quality },
				others: othersOf(seat.participants(), me.userId)
			}),
		close() {
			if (closed) return;
			closed = true;
			if (seatOf(phase) === 'seated') link.goodbye(seat.id());
			stops.forEach((stop) => stop());
			unfollowLog?.();
			seat.drop();
			conversation.stop();
			sync.stop();
			letGo();
			link.close();
		}
	};
}
