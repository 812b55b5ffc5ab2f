import type { CallTicket } from '../../shared/roomState.ts';
import type { Clock, MediaCall, PeerLink } from '../ports.ts';
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
	/** Every call ever made, as the caller sees it. */
	made: FakeCall[];
	/** Calls that are up on both sides. */
	running(): FakeCall[];
}

export interface FakePeerLink extends PeerLink {
	/** As when the server refuses the ticket. */
	needTicket(): void;
}

export function fakeExchange(clock: Clock): FakeExchange {
	/** Who can be called, by peer id. */
	const reachable = new Map<string, (call: FakeCall, theirs: MediaStream) => void>();
	const connections = new Set<(up: boolean) => void>();
	let up = true;

	function connect(caller: FakeCall, theirs: MediaStream, callee: FakeCall, mine: MediaStream): void {
		caller.other = callee;
		callee.other = caller;
		clock.after(CONNECTING, () => {
			if (exchange.blocked || caller.closed || callee.closed) return;
			caller.flow(mine);
			callee.flow(theirs);
		});
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
			if (call.closed) return;
			if (!answer) {
				waiting.push({ call, theirs });
				return;
			}
			const { from, to } = call;
			const mine = fakeCall(clock, { from, to, peerId: from }, answer);
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

		return {
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
			call(peerId, stream) {
				if (!up || !ticket) return null;
				const call = fakeCall(clock, { from: ticket.peerId, to: peerId, peerId }, stream);
				calls.add(call);
				exchange.made.push(call);
				clock.after(SIGNAL, () => {
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
	}

	const exchange: FakeExchange = {
		link,
		setUp(next) {
			up = next;
			for (const connection of connections) connection(up);
		},
		blocked: false,
		made: [],
		running: () => exchange.made.filter((call) => !call.closed && call.other && !call.other.closed)
	};
	return exchange;
}
