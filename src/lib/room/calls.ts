import { hasMedia } from './firstMedia.ts';
import {
	callFailed,
	callHeld,
	callIdOf,
	dialled,
	incoming,
	mediaCame,
	NO_PEERS,
	reconcile,
	rested,
	type PeerEffect,
	type Peers,
	type PeersStep,
	type Scene
} from './peers.ts';
import type { Clock, MediaCall, PeerLink, Stop } from './ports.ts';
import type { CallPicture } from './presence.ts';
import { callPatience, callRetry } from './retryPolicy.ts';
import { videoLimit } from './sendLimits.ts';

/** How often a new call is asked whether it shows something yet, ms. */
const MEDIA_POLL = 60;
/** A call that lasted this long held, ms. */
const HELD_AFTER = 5_000;
/** A call from an id that presence has not named by then belongs to nobody, ms. */
const CLAIM_PATIENCE = 15_000;

/** The calls with everybody in the room: carries out what `peers.ts` decides. */
export interface Calls {
	/** Somebody came, went or changed, or this page did. */
	update(scene: Scene): void;
	pictureOf(userId: string): CallPicture;
	replaceTrack(kind: 'audio' | 'video', track: MediaStreamTrack): void;
	setSharing(sharing: boolean): void;
	stats(): Promise<{ userId: string; report: RTCStatsReport }[]>;
	/** Hangs up everywhere and forgets. */
	endAll(): void;
}

/** One running call with everything that has to stop with it. */
interface Line {
	call: MediaCall;
	stream: MediaStream | null;
	stops: Stop[];
}

export function createCalls(deps: {
	peerLink: PeerLink;
	clock: Clock;
	outgoing: () => MediaStream;
	onChange: () => void;
}): Calls {
	const { peerLink, clock, outgoing, onChange } = deps;
	const lines = new Map<number, Line>();
	const rests = new Set<Stop>();
	let peers: Peers = NO_PEERS;
	let scene: Scene = { inRoom: false, me: null, myPeerId: null, others: [] };
	let sharing = false;

	peerLink.onIncoming((call) => {
		openLine(call);
		const patience = clock.after(CLAIM_PATIENCE, () => {
			if (peers.unclaimed.some((other) => other.callId === call.id)) failed(call.id, false);
		});
		lines.get(call.id)?.stops.push(patience);
		apply(incoming(peers, { callId: call.id, peerId: call.peerId }));
		settle();
	});

	/** Repeats the rule until nothing is left to do; dialling changes what it says. */
	function settle(): void {
		const before = peers;
		apply(reconcile(peers, scene));
		for (const [userId, peer] of Object.entries(peers.people)) {
			const callId = callIdOf(peer);
			if (callId !== null && callId !== callIdOf(before.people[userId])) watch(callId, peer.attempt);
		}
		limitAll();
		onChange();
	}

	function apply(step: PeersStep): void {
		peers = step.peers;
		step.effects.forEach(perform);
	}

	function perform(effect: PeerEffect): void {
		switch (effect.type) {
			case 'dial': {
				const call = peerLink.call(effect.peerId, outgoing());
				// Null: the PeerServer is away. Its return changes the scene, and the rule dials then.
				if (!call) return;
				openLine(call);
				peers = dialled(peers, effect.userId, { callId: call.id, peerId: effect.peerId });
				return;
			}
			case 'hangUp':
				return closeLine(effect.callId);
			case 'rest': {
				const stop = clock.after(callRetry(effect.attempt), () => {
					rests.delete(stop);
					peers = rested(peers, effect.userId);
					settle();
				});
				rests.add(stop);
				return;
			}
		}
	}

	function openLine(call: MediaCall): void {
		const line: Line = { call, stream: null, stops: [] };
		lines.set(call.id, line);
		line.stops.push(
			call.onStream((stream) => {
				if (lines.get(call.id) !== line) return;
				line.stream = stream;
				lookForMedia(line);
				onChange();
			}),
			call.onClosed(() => failed(call.id, true))
		);
	}

	/** A call that shows nothing in time is made anew. */
	function watch(callId: number, attempt: number): void {
		lines.get(callId)?.stops.push(
			clock.after(callPatience(attempt), () => {
				if (!isConnected(callId)) failed(callId, false);
			})
		);
	}

	function lookForMedia(line: Line): void {
		const { call } = line;
		void call.stats().then(
			(report) => {
				if (lines.get(call.id) !== line) return;
				if (hasMedia(report) && callIsClaimed(call.id)) return connected(line);
				line.stops.push(clock.after(MEDIA_POLL, () => lookForMedia(line)));
			},
			() => failed(call.id, false)
		);
	}

	function connected(line: Line): void {
		peers = mediaCame(peers, line.call.id);
		line.stops.push(clock.after(HELD_AFTER, () => (peers = callHeld(peers, line.call.id))));
		onChange();
	}

	function failed(callId: number, alreadyClosed: boolean): void {
		if (!lines.has(callId)) return;
		if (alreadyClosed) closeLine(callId);
		apply(callFailed(peers, callId, alreadyClosed));
		settle();
	}

	function closeLine(callId: number): void {
		const line = lines.get(callId);
		if (!line) return;
		lines.delete(callId);
		line.stops.forEach((stop) => stop());
		line.call.close();
	}

	function callIsClaimed(callId: number): boolean {
		return Object.values(peers.people).some((peer) => callIdOf(peer) === callId);
	}

	function isConnected(callId: number): boolean {
		return Object.values(peers.people).some((peer) => peer.name === 'connected' && peer.callId === callId);
	}

	function limitAll(): void {
		const limit = videoLimit(scene.others.length + 1, sharing);
		for (const line of lines.values()) line.call.limitVideo(limit);
	}

	return {
		update(next) {
			scene = next;
			settle();
		},
		pictureOf(userId) {
			const peer = peers.people[userId];
			const callId = callIdOf(peer);
			const stream = callId === null ? null : (lines.get(callId)?.stream ?? null);
			if (peer?.name === 'connected') return { call: 'connected', stream };
			return {
				call: peer?.name === 'calling' || peer?.name === 'resting' ? 'connecting' : 'waiting',
				stream
			};
		},
		replaceTrack(kind, track) {
			// A call that is just closing rejects; its successor is made with the new track anyway.
			for (const line of lines.values()) line.call.replaceTrack(kind, track).catch(() => undefined);
		},
		setSharing(next) {
			sharing = next;
			limitAll();
		},
		async stats() {
			const running = Object.entries(peers.people).flatMap(([userId, peer]) => {
				const line = lines.get(callIdOf(peer) ?? -1);
				return line ? [{ userId, call: line.call }] : [];
			});
			return Promise.all(running.map(async ({ userId, call }) => ({ userId, report: await call.stats() })));
		},
		endAll() {
			for (const stop of rests) stop();
			rests.clear();
			for (const callId of [...lines.keys()]) closeLine(callId);
			peers = NO_PEERS;
			scene = { inRoom: false, me: null, myPeerId: null, others: [] };
			sharing = false;
			onChange();
		}
	};
}
