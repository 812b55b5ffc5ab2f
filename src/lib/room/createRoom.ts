import type { LiveMessage } from '../shared/live.ts';
import type { RefusalReason } from '../shared/refusals.ts';
import type { RoomState } from '../shared/roomState.ts';
import { createAnnouncer } from './announcer.ts';
import { createCalls } from './calls.ts';
import { createCallWays } from './callWays.ts';
import { createClockSync } from './clockSync.ts';
import { createCompany } from './company.ts';
import { composeView } from './composeView.ts';
import { foldConnection } from './connection.ts';
import { createConversation } from './conversation.ts';
import { meaningOf, repeatedly } from './failures.ts';
import { createDeviceControls } from './deviceControls.ts';
import { createPreferences } from './devicePreferences.ts';
import { createEnding } from './ending.ts';
import { extendSession } from './extending.ts';
import { tellHealth } from './healthTeller.ts';
import { createLessonState } from './lessonState.ts';
import { createLateLevels } from './levels/lateLevels.ts';
import { createLocalMedia } from './localMedia.ts';
import type { LocalMediaListeners } from './mediaTypes.ts';
import { createMemory } from './memory.ts';
import { firstPhase } from './phase.ts';
import type { Ports, Stop } from './ports.ts';
import { othersOf, type SeatTruth } from './presence.ts';
import { roomDetails } from './roomDetails.ts';
import { watchQuality } from './roomQuality.ts';
import type { ConnectionView, Room, RoomView } from './roomView.ts';
import { createSeat } from './seat.ts';
import { createShownSizes } from './shownSizes.ts';
import { createStay } from './stay.ts';
import { createTalkingMedia } from './talkingMedia.ts';
import { createTickets } from './tickets.ts';
import { createViewFeed } from './viewFeed.ts';

/** Wires the machines to the ports: the only file that knows them all. Starts at once. */
export function createRoom(deps: Ports, initial: RoomState): Room {
	const { link, peers: peerLink, network, clock, randomId } = deps;
	const { me } = initial;
	const memory = createMemory(deps.storage, initial.session.roomCode, me.userId);
	const preferences = createPreferences(memory);

	let connection: ConnectionView = { name: 'connecting' };
	let myPeerId: string | null = null;
	let closed = false;

	const ways = createCallWays(deps, () => seat.id());
	const feed = createViewFeed(compute, clock);
	const sync = createClockSync({ link, clock, serverNow: initial.serverNow });
	const announcer = createAnnouncer(
		() => ({
			phase: stay.phase(),
			myUserId: me.userId,
			members: session().members,
			loadedAt: initial.serverNow,
			now: sync.now()
		}),
		feed.changed
	);
	const mediaListeners: LocalMediaListeners = {
		onChange: mediaChanged,
		onTrack(kind, track) {
			calls.replaceTrack(kind, track);
			offerStream();
		},
		onTrouble: (text) => announcer.tell('error', text),
		onOther: (kind, track) => void controls.otherGiven(kind, track)
	};
	const media = createTalkingMedia(mediaListeners, (all) =>
		createLocalMedia(deps.devices, clock, all, preferences.now)
	);
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
	const shown = createShownSizes({ clock, onChange: () => seat.publish() });
	const tickets = createTickets({ link, ways, clock, serverNow: sync.now });
	const seat = createSeat({ link, clock, randomId, truth, onMessage: onLive, onRefused });
	const stay = createStay({
		...{
			first: firstPhase(initial.session, memory.hadSeat(), initial.removed),
			memory,
			seat,
			onChange: feed.changed
		},
		onStarted: updateCalls,
		letGo() {
			company.letGo();
			letGo();
		},
		onFinal: () => lesson.stopReading()
	});
	const controls = createDeviceControls({
		...{ media, devices: deps.devices, memory, preferences, onChange: feed.changed },
		mayHold: () => !closed && stay.isAtHome(),
		tell: (text) => announcer.tell('info', text)
	});
	const levels = createLateLevels({
		...{ devices: deps.devices, clock, media, myUserId: me.userId, onChange: feed.changed },
		others: () => (isInRoom() ? othersOf(seat.participants(), me.userId) : []),
		heardLevel: calls.heardLevel
	});
	const request = repeatedly({
		clock,
		goOn: () => !closed && connection.name !== 'closed',
		onRefused: (text) => announcer.tell('error', text)
	});
	const ending = createEnding({
		...{ clock, memory, request: () => request(() => link.end()) },
		...{ isClosed: () => closed, leave: () => stay.move({ type: 'leave' }), onChange: feed.changed }
	});
	const conversation = createConversation({
		...{ link, clock, randomId, memory, me, onChange: feed.changed },
		...{ isLive: () => connection.name === 'live', onStored: (event) => lesson.fold(event) }
	});
	const company = createCompany({
		...{ ports: deps, initial, seat, stay, media, request, tell: announcer.tell, onChange: feed.changed },
		...{ session: () => session(), mute: () => void controls.setMicrophone(false) }
	});
	const lesson = createLessonState({
		...{ first: initial.session, loadedAt: initial.serverNow, link, clock, sync, announcer },
		...{ conversation, company, seat, stay },
		...{ isClosed: () => closed, onRefused, onChange: feed.changed }
	});
	const { session } = lesson;

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
		clock.every(1_000, () => lesson.tick())
	];
	lesson.read();
	stay.begin();
	ending.resume();
	void controls.takeRemembered();

	function truth(): SeatTruth {
		const own = { media: media.media(), deviceTrouble: media.trouble() };
		const seen = { line: quality.report(), shows: shown.told() };
		const said = { handRaised: company.handRaised(), captions: company.captions() };
		return { peerId: myPeerId, ...own, ...seen, ...said };
	}

	function compute(): RoomView {
		return composeView({
			...{
				phase: stay.phase(),
				connection,
				session: session(),
				taught: lesson.taught(),
				me,
				quality,
				truth: truth(),
				devices: controls.view()
			},
			...{ participants: seat.participants(), pictureOf: calls.pictureOf, now: clock.now() },
			...{ notices: announcer.shown(), ending: ending.isPending(), online: network.isOnline() },
			...{ ...company.view(), chat: conversation.view(session().members), levels }
		});
	}

	function letGo(): void {
		calls.endAll();
		tickets.stop();
		ways.close();
		media.release();
	}

	function onLive(message: LiveMessage): void {
		if (message.type === 'seatTaken') return stay.move({ type: 'seatTaken' });
		if (message.type === 'signal') return ways.hear(message);
		if (message.type === 'hostRequest') return company.hear(message);
		// The rest is for the board.
		if (message.type !== 'presence') return;
		sync.heard(message.serverNow);
		if (seat.mine() && stay.isSeated()) {
			tickets.start(seat.id());
			// Placeholders are made now, so that the first call does not wait for them.
			media.outgoing();
		}
		company.look();
		lesson.checkSeat();
		updateCalls();
	}

	function onRefused(reason: RefusalReason): void {
		const meaning = meaningOf(reason);
		if (meaning === 'seatTaken') return stay.move({ type: 'seatTaken' });
		if (meaning === 'ask') return lesson.ask();
		if (meaning === 'forGood') return stay.move({ type: 'refused', reason });
		// The picture of the call stays until the person has signed in again.
		connection = { name: 'closed', reason };
		feed.changed();
	}

	function updateCalls(): void {
		const started = isInRoom();
		const open = stay.isSeated();
		if (open) offerStream();
		const others = open ? othersOf(seat.participants(), me.userId) : [];
		const linkUp = connection.name === 'live';
		calls.update({ open, started, me: seat.mine(), myPeerId, linkUp, others });
		levels.update();
		feed.changed();
	}

	/** Calls that come in are answered with what is sent now: in the lobby, where only the path is tried, with nothing. */
	function offerStream(): void {
		if (isInRoom()) ways.answerWith(media.outgoing());
		else if (seat.mine()) ways.answerWith(media.blank());
	}

	function mediaChanged(): void {
		calls.setSharing(media.media().screen);
		levels.update();
		seat.publish();
		feed.changed();
	}

	function isInRoom(): boolean {
		return stay.phase().name === 'inRoom';
	}

	function comeBack(): void {
		stay.move({ type: 'return', session: session() });
		void controls.takeRemembered();
	}

	return {
		view: feed.view,
		subscribe: feed.subscribe,
		serverNow: sync.now,
		turnOnDevices: controls.turnOn,
		join: () => stay.move({ type: 'join' }),
		start: () => request(() => link.start()),
		...{ retryDevices: controls.retry, continueWithout: controls.continueWithout },
		...{ setMicrophone: controls.setMicrophone, talk: media.talk },
		setCamera: controls.setCamera,
		...{ desk: controls.desk, watchMicrophone: levels.watch },
		prepareDesk: async () => void (await Promise.all([controls.desk.prepare(), levels.load()])),
		startSharing: async () => void (isInRoom() && (await controls.startSharing())),
		stopSharing: async () => media.stopSharing(),
		...{ showing: shown.measured, ...company.commands },
		say: (text) => conversation.say(text, sync.now()),
		retryMessage: (id) => conversation.retry(id),
		extend: (minutes, accepted) => extendSession({ link, request, randomId }, minutes, accepted),
		end: ending.ask,
		leave: () => stay.move({ type: 'leave' }),
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
			if (stay.isSeated()) link.goodbye(seat.id());
			stops.forEach((stop) => stop());
			lesson.stopReading();
			seat.drop();
			conversation.stop();
			sync.stop();
			shown.stop();
			company.stop();
			letGo();
			levels.stop();
			link.close();
		}
	};
}
