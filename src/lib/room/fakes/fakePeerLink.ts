import type { CallTicket } from '../../shared/roomState.ts';
import type { Clock, MediaCall, PeerLink, SpareLink } from '../ports.ts';
import { fakeCall, type FakeCall } from './fakeCall.ts';

/** How long offers and answers take, ms. */
const SIGNAL = 1;
const CONNECTING = 20;

/** The PeerServer and the network between browsers, in memory. */
export interface FakeExchange {
	link(): FakePeerLink;
	/** The server goes away or comes back. Running calls are not touched. */
	setUp(up: boolean): void;
	/** Media of new calls does not get through while this is set. */
	blocked: boolean;
	/** New calls find nothing to connect by, as when they need a TURN server and it is away. */
	hopeless: boolean;
	/** The way between the browsers is cut, or mended: then calls that were being set up connect. */
	cutPath(cut: boolean): void;
	/** Calls over our own socket; what they say goes through the server. */
	spareLink(): SpareLink;
	/** Every call ever made, as the caller sees it. */
	made: FakeCall[];
	/** What calls were last told to use. */
	policies: { peers: RTCIceTransportPolicy; spare: RTCIceTransportPolicy };
	/** Calls that are up on both sides. */
	running(): FakeCall[];
}

export interface FakePeerLink extends PeerLink {
	/** As when the server refuses the ticket. */
	needTicket(): void;
	/** Its connection looks open, and nothing gets through it until it is made anew. */
	deaf: boolean;
	/** How often it was told to connect anew. */
	readonly reconnected: number;
}

export function fakeExchange(clock: Clock): FakeExchange {
	/** Who can be called, by peer id. */
	const reachable = new Map<string, (call: FakeCall, theirs: MediaStream) => void>();
	const connections = new Set<(up: boolean) => void>();
	const offers = new Map<string, { call: FakeCall; stream: MediaStream }>();
	let up = true;
	let pathCut = false;

	/** Calls for which the way is to be mended. */
	const held: (() => void)[] = [];

	function connect(caller: FakeCall, theirs: MediaStream, callee: FakeCall, mine: MediaStream): void {
		caller.other = callee;
		callee.other = caller;
		caller.hopeless = callee.hopeless = exchange.hopeless;
		clock.after(CONNECTING, function up() {
			if (pathCut) held.push(up);
			if (pathCut || exchange.blocked || caller.hopeless || caller.closed || callee.closed) return;
			caller.flow(mine);
			callee.flow(theirs);
		});
	}

	/** As `socketCalls` does it, without descriptions and candidates. */
	function spareLink(): SpareLink {
		const incoming = new Set<(call: MediaCall) => void>();
		const calls = new Set<FakeCall>();
		let send: (toSeatId: string, data: string) => Promise<void> = async () => undefined;
		let answer: MediaStream | null = null;
		return {
			sendBy: (next) => void (send = next),
			hear(fromSeatId, data) {
				const offer = offers.get(data);
				if (!offer || !answer || offer.call.closed) return;
				const { from, to, number } = offer.call;
				const mine = fakeCall(clock, { from, to, peerId: fromSeatId, number }, answer);
				calls.add(mine);
				connect(offer.call, offer.stream, mine, answer);
				for (const listener of incoming) listener(mine);
			},
			useIceServers: () => undefined,
			useIcePolicy: (policy) => void (exchange.policies.spare = policy),
			onIncoming(listener) {
				incoming.add(listener);
				return () => incoming.delete(listener);
			},
			call(seatId, stream, number) {
				const call = fakeCall(clock, { from: 'a seat', to: seatId, peerId: seatId, number }, stream);
				calls.add(call);
				exchange.made.push(call);
				const data = `offer ${call.id}`;
				offers.set(data, { call, stream });
				send(seatId, data).catch(() => call.fail());
				return call;
			},
			answerWith: (stream) => void (answer = stream),
			close() {
				for (const call of calls) call.close();
				calls.clear();
			}
		};
	}

	function link(): FakePeerLink {
		const ids = new Set<(peerId: string | null) => void>();
		const needs = new Set<() => void>();
		const incoming = new Set<(call: MediaCall) => void>();
		const calls = new Set<FakeCall>();
		let answer: MediaStream | null = null;
		let waiting: { call: FakeCall; theirs: MediaStream }[] = [];
		let ticket: CallTicket | null = null;

		function receive(call: FakeCall, theirs: MediaStream): void {
			if (call.closed || made.deaf) return;
			if (!answer) {
				waiting.push({ call, theirs });
				return;
			}
			const { from, to, number } = call;
			const mine = fakeCall(clock, { from, to, peerId: from, number }, answer);
			calls.add(mine);
			connect(call, theirs, mine, answer);
			for (const listener of incoming) listener(mine);
		}

		function setConnected(connected: boolean): void {
			if (!ticket) return;
			if (connected) reachable.set(ticket.peerId, receive);
			else reachable.delete(ticket.peerId);
			for (const listener of ids) listener(connected ? ticket.peerId : null);
		}

		const made: FakePeerLink & { reconnected: number } = {
			deaf: false,
			reconnected: 0,
			reconnect() {
				made.deaf = false;
				made.reconnected += 1;
				setConnected(false);
				clock.after(SIGNAL, () => setConnected(up));
			},
			needTicket() {
				setConnected(false);
				ticket = null;
				for (const listener of needs) listener();
			},
			open(fresh) {
				if (ticket && reachable.has(ticket.peerId)) return;
				ticket = fresh;
				connections.add(setConnected);
				if (up) setConnected(true);
			},
			useIcePolicy: (policy) => void (exchange.policies.peers = policy),
			onPeerId(listener) {
				ids.add(listener);
				return () => ids.delete(listener);
			},
			onNeedsTicket(listener) {
				needs.add(listener);
				return () => needs.delete(listener);
			},
			onIncoming(listener) {
				incoming.add(listener);
				return () => incoming.delete(listener);
			},
			call(peerId, stream, number) {
				if (!up || !ticket) return null;
				const call = fakeCall(clock, { from: ticket.peerId, to: peerId, peerId, number }, stream);
				calls.add(call);
				exchange.made.push(call);
				clock.after(SIGNAL, () => {
					if (made.deaf) return;
					const receiver = reachable.get(peerId);
					if (receiver) receiver(call, stream);
					else call.fail();
				});
				return call;
			},
			answerWith(stream) {
				answer = stream;
				if (!stream) return;
				const due = waiting;
				waiting = [];
				for (const { call, theirs } of due) receive(call, theirs);
			},
			close() {
				setConnected(false);
				connections.delete(setConnected);
				ticket = null;
				waiting = [];
				for (const call of calls) call.close();
				calls.clear();
			}
		};
		return made;
	}

	const exchange: FakeExchange = {
		link,
		setUp(next) {
			up = next;
			for (const connection of connections) connection(up);
		},
		blocked: false,
		hopeless: false,
		spareLink,
		cutPath(cut) {
			pathCut = cut;
			for (const call of exchange.running()) for (const end of [call, call.other]) end?.setSilent(cut);
			if (!cut) for (const up of held.splice(0)) up();
		},
		made: [],
		policies: { peers: 'all', spare: 'all' },
		running: () => exchange.made.filter((call) => !call.closed && call.other && !call.other.closed)
	};
	return exchange;
}
