import type { Member, SessionView } from '../../shared/roomState.ts';
import { createRoom } from '../createRoom.ts';
import type { PersonView, Room } from '../roomView.ts';
import { fakeClock } from './fakeClock.ts';
import { fakeDevices } from './fakeDevices.ts';
import { fakeNetwork } from './fakeNetwork.ts';
import { fakeExchange } from './fakePeerLink.ts';
import { fakeServer } from './fakeServer.ts';
import { fakeServerLink } from './fakeServerLink.ts';
import { fakeStorage, type FakeStorage } from './fakeStorage.ts';

export const MAYA: Member = { userId: 'maya', name: 'Maya Okafor', role: 'mentor' };
export const LIAM: Member = { userId: 'liam', name: 'Liam Chen', role: 'learner' };
export const AISHA: Member = { userId: 'aisha', name: 'Aisha Rahman', role: 'learner' };

/** The server's clock is not the people's clock. */
export const SERVER_AHEAD = 7_000_000;
const MINUTE = 60_000;

/** A lesson of an hour with a server, a network and as many pages as a test opens. */
export function fakeLesson(overrides: Partial<SessionView> = {}) {
	const clock = fakeClock();
	const now = () => clock.now() + SERVER_AHEAD;
	const session: SessionView = {
		roomCode: 'demo-lesson',
		title: 'Demo lesson',
		status: 'scheduled',
		startsAt: now(),
		endsAt: now() + 60 * MINUTE,
		startedAt: null,
		endedAt: null,
		endReason: null,
		startableFrom: now(),
		members: [MAYA, LIAM, AISHA],
		...overrides
	};
	const server = fakeServer(session, now);
	const exchange = fakeExchange(clock);
	let ids = 0;

	/** Opens the page of one person. The same storage again is a reload. */
	function enter(member: Member, storage: FakeStorage = fakeStorage(), granted = false) {
		const link = fakeServerLink(server, member.userId);
		const peers = exchange.link();
		const spare = exchange.spareLink();
		const network = fakeNetwork();
		const devices = fakeDevices();
		devices.granted = granted;
		const randomId = () => `${member.userId}-${++ids}`;
		const initial = server.stateFor(member.userId);
		const room = createRoom({ link, peers, spare, network, devices, clock, storage, randomId }, initial);
		return { room, link, peers, network, devices, storage };
	}

	return { clock, server, exchange, enter };
}

export function personIn(room: Room, member: Member): PersonView | undefined {
	return room.view().people.find((person) => person.userId === member.userId);
}

/** Maya and Liam in the live room, connected; Maya came first. */
export async function liveLesson() {
	const lesson = fakeLesson();
	const maya = lesson.enter(MAYA);
	await lesson.clock.advance(100);
	const liam = lesson.enter(LIAM);
	await lesson.clock.advance(100);
	await maya.room.start();
	await lesson.clock.advance(500);
	return { ...lesson, maya, liam };
}
