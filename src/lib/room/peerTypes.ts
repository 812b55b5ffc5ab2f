import type { Participant } from '../shared/live.ts';

/** One call with one other seat, made or received. */
export interface Dial {
	callId: number;
	/** The other's PeerServer id, or seat id where the call is set up over the app's own socket. */
	peerId: string;
	by: 'me' | 'them';
	/** Told with the call: grows with each one between the same two seats, and decides which stands. */
	number: number;
}

/** A new call beside one that fell silent. */
export type Beside =
	| { name: 'none' }
	/** To be dialled as soon as there is a way. */
	| { name: 'due' }
	/** The pause before the next try. */
	| { name: 'resting' }
	| { name: 'dialling'; dial: Dial };

/**
 * The calls with one other person. `attempt` counts tries since a call last held, and sets the pause before the
 * next one and the way it is set up by; `number` is the highest of all calls with this seat. A person who is gone has no entry.
 */
export type Peer = { seatId: string; attempt: number; number: number } & (
	| { name: 'waiting' }
	| { name: 'calling'; dial: Dial }
	/** `silent`: nothing comes in over it any more. It is kept until another one shows media. */
	| { name: 'connected'; dial: Dial; silent: boolean; beside: Beside }
	/** The pause before the next try. */
	| { name: 'resting' }
);

export interface Peers {
	/** By user id. */
	people: Readonly<Record<string, Peer>>;
	/** Calls that came in before presence said whose id it is. */
	unclaimed: readonly Omit<Dial, 'by'>[];
	/** The highest number of all calls with a seat, by seat id; outlives the person's absence. */
	numbers: Readonly<Record<string, number>>;
}

export type PeerEffect =
	/** Make a call and answer with `dialled`. `spare`: over the app's own socket, `peerId` is the seat. */
	| { type: 'dial'; userId: string; peerId: string; number: number; spare: boolean }
	| { type: 'hangUp'; callId: number }
	/**
	 * Answer with `rested` after the pause: the one for this attempt after a failed call, or the time left to the other
	 * side to call first.
	 */
	| { type: 'rest'; userId: string; why: 'failed' | 'courtesy'; attempt: number };

export interface PeersStep {
	peers: Peers;
	effects: PeerEffect[];
}

/** What decides about calls besides the calls themselves. */
export interface Scene {
	/** Calls stand: in the lobby for the path alone, in the room for sound and pictures. Elsewhere there are none. */
	open: boolean;
	/** The lesson is on: what the devices give is sent, and what comes is shown. Before, calls carry nothing. */
	started: boolean;
	/** One's own seat as presence shows it. */
	me: Participant | null;
	/** One's own id at the PeerServer, null while it is away. */
	myPeerId: string | null;
	/** The app's own socket can carry messages to other seats. */
	linkUp: boolean;
	others: readonly Participant[];
}

/** Before anything is known, and after the end. */
export const NOWHERE: Scene = {
	...{ open: false, started: false, me: null, myPeerId: null, linkUp: false },
	others: []
};
