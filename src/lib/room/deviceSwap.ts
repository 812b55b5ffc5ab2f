import type { DeviceFailure } from '../shared/deviceTrouble.ts';
import { failureOf, type DeviceKind } from './devices.ts';
import type { Clock, Devices, DeviceWishes, SoundProcessing } from './ports.ts';

/** How long the one before is kept after calls were told to send the other one, ms. */
const HANDOVER = 300;

/** Goes over from one device to another without a gap: the new one is there before the old one is let go. */
export interface DeviceSwap {
	/** To what the wishes say now. Null when that is used or nobody wants it any more, else why not. */
	swap(kind: DeviceKind): Promise<DeviceFailure | null>;
	/** The microphone goes on with other processing. */
	process(wanted: SoundProcessing): Promise<DeviceFailure | null>;
	/** Lets go at once of what was only kept for the handover. */
	release(): void;
}

export function createDeviceSwap(deps: {
	devices: Devices;
	clock: Clock;
	/** A new wish for this kind of device; answers to older ones are dropped. */
	newTurn: (kind: DeviceKind) => number;
	isWanted: (kind: DeviceKind, turn: number) => boolean;
	wishes: () => DeviceWishes;
	held: (kind: DeviceKind) => MediaStreamTrack | null;
	/** Holds the new track, as muted as the old one, and sends it; answers the old one, still running. */
	takeOver: (kind: DeviceKind, track: MediaStreamTrack) => MediaStreamTrack | null;
	/** The device in use is let go before there is another. */
	letGo: (kind: DeviceKind) => void;
	/** Neither the new nor the old one can be had. */
	onLost: (kind: DeviceKind, failure: DeviceFailure) => void;
}): DeviceSwap {
	const { devices, clock, newTurn, isWanted, wishes, held, takeOver, letGo, onLost } = deps;
	/** On their way out. */
	const parting = new Set<MediaStreamTrack>();

	async function openOne(kind: DeviceKind, wanted: DeviceWishes): Promise<MediaStreamTrack> {
		const stream = await devices.open({ [kind]: true }, wanted);
		const track = (kind === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks())[0];
		if (!track) throw new DOMException('A stream without a track', 'NotFoundError');
		return track;
	}

	function part(track: MediaStreamTrack | null): Promise<void> {
		if (!track) return Promise.resolve();
		parting.add(track);
		return new Promise((done) => {
			clock.after(HANDOVER, () => {
				parting.delete(track);
				track.stop();
				done();
			});
		});
	}

	/** Resolves when the old track is gone; rejects when the new one cannot be had. */
	async function change(kind: DeviceKind, turn: number, wanted: DeviceWishes): Promise<void> {
		const track = await openOne(kind, wanted);
		if (isWanted(kind, turn)) await part(takeOver(kind, track));
		else track.stop();
	}

	/** Some machines give only one camera at a time: the other one is tried once this one is free. */
	async function changeWithGap(kind: DeviceKind, turn: number): Promise<DeviceFailure | null> {
		const before = held(kind)?.getSettings().deviceId;
		letGo(kind);
		let failure: DeviceFailure | null = null;
		for (const wanted of [wishes(), { ...wishes(), [kind]: before }]) {
			try {
				const track = await openOne(kind, wanted);
				if (isWanted(kind, turn)) takeOver(kind, track);
				else track.stop();
				return failure;
			} catch (error) {
				failure ??= failureOf(error);
				if (!isWanted(kind, turn)) return null;
			}
		}
		onLost(kind, failure ?? 'failed');
		return failure;
	}

	async function process(wanted: SoundProcessing): Promise<DeviceFailure | null> {
		const track = held('microphone');
		if (!track || (await devices.process(track, wanted))) return null;
		const turn = newTurn('microphone');
		const same = { ...wishes(), ...wanted, microphone: track.getSettings().deviceId };
		const isRight = async () => {
			const now = held('microphone');
			return !isWanted('microphone', turn) || now === null || devices.process(now, wanted);
		};
		try {
			await change('microphone', turn, same);
			if (await isRight()) return null;
			// Chromium gives a second track the processing of the first one while that runs (measured), but not to one without any.
			await change('microphone', turn, { ...same, noiseSuppression: false, echoCancellation: false });
			if (isWanted('microphone', turn)) await change('microphone', turn, same);
			return null;
		} catch (error) {
			return failureOf(error);
		}
	}

	return {
		async swap(kind) {
			const turn = newTurn(kind);
			try {
				await change(kind, turn, wishes());
				return null;
			} catch (error) {
				const failure = failureOf(error);
				if (!isWanted(kind, turn)) return null;
				const isHeldBack = failure === 'busy' || failure === 'interrupted';
				return isHeldBack && held(kind) ? changeWithGap(kind, turn) : failure;
			}
		},
		process,
		release() {
			for (const track of parting) track.stop();
			parting.clear();
		}
	};
}
