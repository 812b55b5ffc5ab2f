import type { CallWays } from './callWays.ts';
import { createLines } from './lines.ts';
import { createPatience } from './patience.ts';
import {
	besideIdOf,
	callFailed,
	callHeld,
	callIdOf,
	dialled,
	heard,
	incoming,
	mediaCame,
	NO_PEERS,
	pathOf,
	reconcile,
	renewed,
	rested
} from './peers.ts';
import { NOWHERE, type PeerEffect, type Peers, type PeersStep, type Scene } from './peerTypes.ts';
import type { Clock, MediaCall, Stop } from './ports.ts';
import type { CallPicture } from './presence.ts';
import { BESIDE_COURTESY, callRetry } from './retryPolicy.ts';
import type { QualityWatch } from './qualityWatch.ts';
import { limitsByViewer } from './sendLimits.ts';

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
	/** All calls are made anew, each beside the one that runs: how they are to be made has changed. */
	redial(): void;
	/** This device may have another address now: what is being set up beside a silent call is made anew, at once. */
	renew(): void;
	stats(): Promise<{ userId: string; report: RTCStatsReport }[]>;
	/** How loud they are now: see `MediaCall.heardLevel`. */
	heardLevel(userId: string): number;
	/** The newest statistics of a person's call that were looked at, null before; and its two certificates. */
	factsOf(userId: string): { report: RTCStatsReport | null; fingerprints: (string | null)[] };
	/** Hangs up everywhere and forgets. */
	endAll(): void;
}

export function createCalls(deps: {
	ways: CallWays;
	clock: Clock;
	quality: QualityWatch;
	outgoing: () => MediaStream;
	/** Silence and blackness, sent instead before the lesson. */
	blank: () => MediaStream;
	onChange: () => void;
	/** What is judged of a call has changed. */
	onQuality: () => void;
}): Calls {
	const { ways, clock, quality, outgoing, blank, onChange, onQuality } = deps;
	/** Pauses that run, each with what ends it. */
	const rests = new Map<Stop, () => void>();
	/** Since when nothing has come from a person who was seen or heard before, by user id, ms. */
	const troubles = new Map<string, number>();
	/** Seats a call was once connected with. */
	const wasGood = new Set<string>();
	let peers: Peers = NO_PEERS;
	let scene: Scene = NOWHERE;
	let sharing = false;

	const lines = createLines({
		clock,
		...{ onStream: onChange, onChange },
		onMedia: settle,
		onFlow(callId, flow) {
			peers = heard(peers, callId, flow.name === 'silent');
			settle();
		},
		onLook(line) {
			const userId = Object.keys(peers.people).find((id) => callIdOf(peers.people[id]) === line.call.id);
			// A line that carries nothing is no longer a weak one: figures from before say nothing about it.
			if (!scene.started || userId === undefined || !line.track || line.flow.name === 'silent') return;
			const change = quality.looked(userId, line.track.figures);
			if (change.limit) limitAll();
			if (change.verdict) onQuality();
		},
		onFailed: failed
	});
	const patience = createPatience({
		lines,
		giveUp: (callId) => failed(callId, false),
		hasTurn: ways.hasTurn,
		reconnect: ways.reconnect
	});
	ways.onIncoming(receive);

	function receive(call: MediaCall): void {
		lines.open(call);
		lines.after(call.id, CLAIM_PATIENCE, () => {
			if (peers.unclaimed.some((other) => other.callId === call.id)) failed(call.id, false);
		});
		apply(incoming(peers, { callId: call.id, peerId: call.peerId, number: call.number }));
		settle();
	}

	/** Repeats the rule until nothing is left to do; dialling changes what it says. */
	function settle(): void {
		const before = peers;
		apply(reconcile(peers, scene));
		for (const [userId, peer] of Object.entries(peers.people)) {
			const callId = callIdOf(peer);
			const old = before.people[userId];
			if (callId !== null && peer.name === 'calling' && callId !== callIdOf(old))
				patience.withCall(callId, peer.attempt, peer.number > 1);
			const beside = besideIdOf(peer);
			if (beside !== null && beside !== besideIdOf(old)) patience.withBeside(beside, peer.attempt);
		}
		// Also those that showed something before presence said whose they are.
		for (const { call, hasMedia } of lines.all()) if (hasMedia) takeOver(call.id);
		noteTroubles();
		limitAll();
		onChange();
	}

	function takeOver(callId: number): void {
		const before = peers;
		apply(mediaCame(peers, callId));
		if (peers !== before) lines.after(callId, HELD_AFTER, () => (peers = callHeld(peers, callId)));
	}

	/** From the last packet of a call that was good until a call is good again, or the person is gone. */
	function noteTroubles(): void {
		for (const userId of troubles.keys()) if (!peers.people[userId]) troubles.delete(userId);
		for (const [userId, peer] of Object.entries(peers.people)) {
			const line = lines.get(callIdOf(peer) ?? -1);
			if (peer.name === 'connected' && !peer.silent) troubles.delete(userId);
			else if (peer.name === 'connected' && line?.flow.name === 'silent')
				troubles.set(userId, troubles.get(userId) ?? line.flow.since);
			else if (peer.name !== 'connected' && peer.attempt > 0 && wasGood.has(peer.seatId))
				troubles.set(userId, troubles.get(userId) ?? clock.now());
			if (peer.name === 'connected') wasGood.add(peer.seatId);
		}
	}

	function apply(step: PeersStep): void {
		peers = step.peers;
		step.effects.forEach(perform);
	}

	function perform(effect: PeerEffect): void {
		switch (effect.type) {
			case 'dial': {
				const { userId, peerId, number } = effect;
				const call = ways.call(effect, stream());
				// Null: the PeerServer is away. Its return changes the scene, and the rule dials then.
				if (!call) return;
				lines.open(call);
				peers = dialled(peers, userId, { callId: call.id, peerId, number });
				return;
			}
			case 'hangUp':
				return lines.close(effect.callId);
			case 'rest': {
				const pause = effect.why === 'courtesy' ? BESIDE_COURTESY : callRetry(effect.attempt);
				const goOn = () => {
					rests.delete(stop);
					peers = rested(peers, effect.userId);
					settle();
				};
				const stop = clock.after(pause, goOn);
				rests.set(stop, goOn);
				return;
			}
		}
	}

	function stream(): MediaStream {
		return scene.started ? outgoing() : blank();
	}

	/** The calls of the lobby become those of the lesson: nothing but what they carry changes. */
	function begin(): void {
		lines.begin();
		const [audio] = outgoing().getAudioTracks();
		const [video] = outgoing().getVideoTracks();
		if (audio) replaceTrack('audio', audio);
		if (video) replaceTrack('video', video);
	}

	function replaceTrack(kind: 'audio' | 'video', track: MediaStreamTrack): void {
		// A call that is just closing rejects; its successor is made with the new track anyway.
		for (const { call } of lines.all()) call.replaceTrack(kind, track).catch(() => undefined);
	}

	function failed(callId: number, alreadyClosed: boolean): void {
		if (alreadyClosed) lines.close(callId);
		apply(callFailed(peers, callId, alreadyClosed));
		settle();
	}

	/** `hadNoWay`: our own socket was away too, so that a connection to the PeerServer from before may be a dead one. */
	function renew(hadNoWay: boolean): void {
		const good = lines.all().filter((line) => line.hasMedia);
		const silent = good.filter((line) => line.flow.name === 'silent');
		const stalled = hadNoWay ? silent.length === good.length : silent.length > 0;
		if (stalled || scene.myPeerId === null) ways.reconnect();
		for (const peer of Object.values(peers.people)) {
			const callId = besideIdOf(peer);
			if (callId !== null && !lines.get(callId)?.hasMedia) failed(callId, false);
		}
		for (const [stop, goOn] of [...rests]) {
			stop();
			goOn();
		}
	}

	function limitAll(): void {
		const boundOf = limitsByViewer(scene.others, scene.me?.userId, sharing);
		const users = new Map(
			Object.entries(peers.people).flatMap(([userId, peer]) =>
				[callIdOf(peer), besideIdOf(peer)].map((callId) => [callId, userId] as const)
			)
		);
		// A new call beside the old one takes over the step of the person it is with.
		for (const { call } of lines.all()) {
			const userId = users.get(call.id);
			call.limitVideo(quality.limitFor(userId, boundOf(userId), sharing));
		}
	}

	return {
		update(next) {
			const cameBack = next.linkUp && !scene.linkUp && scene !== NOWHERE;
			const begins = next.started && !scene.started;
			scene = next;
			if (begins) begin();
			quality.keep(new Set(next.others.map(({ userId }) => userId)));
			if (cameBack) renew(true);
			settle();
		},
		pictureOf(userId) {
			const peer = peers.people[userId];
			const line = lines.get(callIdOf(peer) ?? -1);
			const stream = line?.stream ?? null;
			const silentSince = troubles.get(userId) ?? null;
			const flow = { frozen: line?.flow.name === 'frozen', heard: line?.heard ?? true };
			const way = { path: pathOf(peer), relayed: line?.relayed ?? null };
			const rest = { stream, silentSince, ...flow, ...way };
			if (peer?.name === 'connected' && line?.shows) return { call: 'connected', ...rest };
			const trying = peer && peer.name !== 'waiting';
			return { call: trying ? 'connecting' : 'waiting', ...rest };
		},
		replaceTrack(kind, track) {
			if (scene.started) replaceTrack(kind, track);
		},
		setSharing(next) {
			sharing = next;
			limitAll();
		},
		redial() {
			for (const peer of Object.values(peers.people)) {
				if (peer.name === 'calling') failed(peer.dial.callId, false);
				const beside = besideIdOf(peer);
				if (beside !== null) failed(beside, false);
			}
			peers = renewed(peers);
			settle();
		},
		renew() {
			renew(false);
			onChange();
		},
		async stats() {
			const running = Object.entries(peers.people).flatMap(([userId, peer]) => {
				const line = lines.get(callIdOf(peer) ?? -1);
				return line ? [{ userId, call: line.call }] : [];
			});
			return Promise.all(running.map(async ({ userId, call }) => ({ userId, report: await call.stats() })));
		},
		heardLevel: (userId) => lines.get(callIdOf(peers.people[userId]) ?? -1)?.call.heardLevel() ?? 0,
		factsOf(userId) {
			const line = lines.get(callIdOf(peers.people[userId]) ?? -1);
			return { report: line?.report ?? null, fingerprints: line?.call.fingerprints() ?? [] };
		},
		endAll() {
			for (const stop of rests.keys()) stop();
			rests.clear();
			lines.closeAll();
			troubles.clear();
			wasGood.clear();
			quality.keep(new Set());
			peers = NO_PEERS;
			scene = NOWHERE;
			sharing = false;
			onChange();
		}
	};
}
