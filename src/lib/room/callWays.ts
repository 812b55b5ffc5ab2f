import type { LiveMessage } from '../shared/live.ts';
import type { CallTicket } from '../shared/roomState.ts';
import type { MediaCall, Ports } from './ports.ts';
import { readRelayOnly, rememberRelayOnly } from './relayChoice.ts';

/** The two ways to set up a call as one: by the PeerServer, or over our own socket while that is away. */
export interface CallWays {
	/** See `PeerLink.open`; both ways get the ICE servers. */
	open(ticket: CallTicket): void;
	onNeedsTicket(listener: () => void): void;
	onIncoming(listener: (call: MediaCall) => void): void;
	/** `peerId`: the seat id when `spare`. Null while there is no way. */
	call(to: { peerId: string; spare: boolean; number: number }, stream: MediaStream): MediaCall | null;
	answerWith(stream: MediaStream | null): void;
	/** The network was away: a connection to the PeerServer from before is not waited for. */
	reconnect(): void;
	/** What another seat had passed on. */
	hear(signal: Extract<LiveMessage, { type: 'signal' }>): void;
	/** Scheme and transport of each ICE server of the newest ticket. */
	iceServers(): string[];
	/** Calls from now on go by TURN servers only, where there are any; remembered. Answers whether that changes anything. */
	useRelayOnly(on: boolean): boolean;
	/** Whether they do. */
	isRelayOnly(): boolean;
	/** Whether one of them is a TURN server. */
	hasTurn(): boolean;
	/** Ends all calls; those that come in wait from now on. */
	close(): void;
}

/** `mySeatId`: under which this page passes on what belongs to calls over our own socket. */
export function createCallWays(
	{ peers: peerLink, spare, link, storage }: Pick<Ports, 'peers' | 'spare' | 'link' | 'storage'>,
	mySeatId: () => string
): CallWays {
	spare.sendBy((toSeatId, data) => link.signal({ seatId: mySeatId(), toSeatId, data }));
	let iceServers: string[] = [];
	let wantsRelay = readRelayOnly(storage);
	const hasTurn = () => iceServers.some((kind) => kind.startsWith('turn'));

	function choosePolicy(): void {
		// Without a TURN server there would be no call at all.
		const policy = wantsRelay && hasTurn() ? 'relay' : 'all';
		peerLink.useIcePolicy(policy);
		spare.useIcePolicy(policy);
	}

	return {
		open(ticket) {
			iceServers = ticket.iceServers.flatMap(({ urls }) => [urls].flat().map(kindOf));
			choosePolicy();
			peerLink.open(ticket);
			spare.useIceServers(ticket.iceServers);
		},
		onNeedsTicket: (listener) => void peerLink.onNeedsTicket(listener),
		onIncoming(listener) {
			peerLink.onIncoming(listener);
			spare.onIncoming((call) => {
				listener(call);
				// Whoever calls this way may have found no other: perhaps the connection here only looks open.
				peerLink.reconnect();
			});
		},
		call: (to, stream) => (to.spare ? spare : peerLink).call(to.peerId, stream, to.number),
		answerWith(stream) {
			peerLink.answerWith(stream);
			spare.answerWith(stream);
		},
		iceServers: () => iceServers,
		hasTurn,
		useRelayOnly(on) {
			const changes = on !== wantsRelay && hasTurn();
			wantsRelay = on;
			rememberRelayOnly(storage, on);
			choosePolicy();
			return changes;
		},
		isRelayOnly: () => wantsRelay && hasTurn(),
		reconnect: () => peerLink.reconnect(),
		hear: ({ fromSeatId, data }) => spare.hear(fromSeatId, data),
		close() {
			peerLink.answerWith(null);
			spare.answerWith(null);
			peerLink.close();
			spare.close();
		}
	};
}

/** `turn:turn.example.org:3478?transport=tcp` → `turn:tcp`; the transport that is not named is UDP (RFC 7065). */
function kindOf(url: string): string {
	const scheme = url.split(':', 1)[0] ?? '';
	const transport = /[?&]transport=(\w+)/.exec(url)?.[1] ?? (scheme === 'turns' ? 'tcp' : 'udp');
	return `${scheme}:${transport}`;
}
