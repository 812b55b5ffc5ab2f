import type { CallTicket } from '../../shared/roomState.ts';
import type { MediaCall, SpareLink } from '../ports.ts';
import { connectionCall, type ConnectionCall } from './connectionCall.ts';
import { readWord, writeWord, type SocketWord } from './socketWords.ts';

/** Candidates that came before their offer, of all calls together: more are nobody's. */
const EARLY_MAX = 64;

/** One call, from the first word on. */
interface Wire {
	key: string;
	seatId: string;
	pc: RTCPeerConnection;
	call: ConnectionCall;
	/** The other side's description is known: candidates can be added. */
	described: boolean;
	early: RTCIceCandidateInit[];
}

/** Calls over connections of our own, whose offers, answers and candidates go over the app's socket. */
export function socketCalls(): SpareLink {
	const incomingListeners = new Set<(call: MediaCall) => void>();
	const wires = new Map<string, Wire>();
	let early: { key: string; candidate: RTCIceCandidateInit }[] = [];
	let iceServers: CallTicket['iceServers'] = [];
	let policy: RTCIceTransportPolicy = 'all';
	let answer: MediaStream | null = null;
	let send: (toSeatId: string, data: string) => Promise<void> = () => Promise.reject(new Error('no way'));

	/** `onLost`: the word did not get there. */
	function say(wire: Pick<Wire, 'seatId'>, word: SocketWord, onLost: () => void = () => undefined): void {
		send(wire.seatId, writeWord(word)).catch(onLost);
	}

	function openWire(key: string, seatId: string, number: number, stream: MediaStream): Wire {
		const pc = new RTCPeerConnection({ iceServers, iceTransportPolicy: policy });
		for (const track of stream.getTracks()) pc.addTrack(track, stream);
		const call = connectionCall(pc, { peerId: seatId, number }, () => {
			wires.delete(key);
			pc.close();
			say(wire, { type: 'bye', key });
		});
		const wire: Wire = { key, seatId, pc, call, described: false, early: [] };
		wires.set(key, wire);
		pc.addEventListener('track', ({ streams: [remote] }) => remote && call.streamCame(remote));
		pc.addEventListener('icecandidate', ({ candidate }) => {
			// One that is lost leaves the others.
			if (candidate && wires.has(key)) say(wire, { type: 'candidate', key, candidate: candidate.toJSON() });
		});
		return wire;
	}

	async function describe(wire: Wire, description: RTCSessionDescriptionInit): Promise<void> {
		await wire.pc.setRemoteDescription(description);
		wire.described = true;
		for (const candidate of wire.early.splice(0)) add(wire, candidate);
	}

	function add(wire: Wire, candidate: RTCIceCandidateInit): void {
		if (wire.described) wire.pc.addIceCandidate(candidate).catch(() => undefined);
		else if (wire.early.length < EARLY_MAX) wire.early.push(candidate);
	}

	async function makeOffer({ key, pc, call, seatId }: Wire): Promise<void> {
		await pc.setLocalDescription();
		const sdp = pc.localDescription?.sdp ?? '';
		say({ seatId }, { type: 'offer', key, number: call.number, sdp }, call.ended);
	}

	async function makeAnswer(wire: Wire, sdp: string): Promise<void> {
		await describe(wire, { type: 'offer', sdp });
		await wire.pc.setLocalDescription();
		const { key } = wire;
		say(wire, { type: 'answer', key, sdp: wire.pc.localDescription?.sdp ?? '' }, wire.call.ended);
	}

	function take(seatId: string, { key, number, sdp }: Extract<SocketWord, { type: 'offer' }>): void {
		if (!answer || wires.has(key)) return;
		const wire = openWire(key, seatId, number, answer);
		wire.early.push(...early.filter((word) => word.key === key).map(({ candidate }) => candidate));
		early = early.filter((word) => word.key !== key);
		makeAnswer(wire, sdp).catch(wire.call.ended);
		for (const listener of incomingListeners) listener(wire.call);
	}

	return {
		sendBy(next) {
			send = next;
		},
		hear(fromSeatId, data) {
			const word = readWord(data);
			if (!word) return;
			if (word.type === 'offer') return take(fromSeatId, word);
			const wire = wires.get(word.key);
			if (!wire) {
				if (word.type === 'candidate') early = [...early, word].slice(-EARLY_MAX);
				return;
			}
			// Only the two who talk have a say.
			if (wire.seatId !== fromSeatId) return;
			if (word.type === 'candidate') add(wire, word.candidate);
			else if (word.type === 'bye') wire.call.ended();
			else if (!wire.described && wire.pc.signalingState === 'have-local-offer')
				describe(wire, { type: 'answer', sdp: word.sdp }).catch(wire.call.ended);
		},
		useIceServers(fresh) {
			iceServers = fresh;
		},
		useIcePolicy(next) {
			policy = next;
		},
		onIncoming(listener) {
			incomingListeners.add(listener);
			return () => incomingListeners.delete(listener);
		},
		call(seatId, stream, number) {
			const wire = openWire(newKey(), seatId, number, stream);
			makeOffer(wire).catch(wire.call.ended);
			return wire.call;
		},
		answerWith(stream) {
			answer = stream;
		},
		close() {
			for (const { call } of [...wires.values()]) call.close();
			early = [];
		}
	};
}

function newKey(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
		byte.toString(16).padStart(2, '0')
	).join('');
}
