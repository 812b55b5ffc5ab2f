import type { DeviceFailure, DeviceTrouble } from '../shared/deviceTrouble.ts';
import type { MediaState } from '../shared/live.ts';
import type { DeviceKind } from './devices.ts';
import type { SoundProcessing } from './ports.ts';
import type { DevicesView } from './roomView.ts';

/** Which devices a person uses; what is remembered over a reload. */
export interface DeviceChoice {
	microphone: 'off' | 'muted' | 'on';
	camera: boolean;
}

/** What the media machine knows of `DevicesView`; what was chosen is the preferences'. */
export type MediaView = Omit<DevicesView, 'chosen'>;

/** This person's camera, microphone and screen: holds the tracks and says what is sent. */
export interface LocalMedia {
	view(): MediaView;
	media(): MediaState;
	choice(): DeviceChoice;
	/** See `foldTrouble`. */
	trouble(): DeviceTrouble | null | undefined;
	/** Exactly one audio and one video track; placeholders where a device is missing (spec C8). */
	outgoing(): MediaStream;
	/** Silence and blackness only, for calls that are set up before anybody is to be seen. */
	blank(): MediaStream;
	turnOn(wanted: DeviceChoice): Promise<void>;
	/** What has failed, once more: all of it, or one. A microphone that was muted comes back muted. */
	retry(only?: DeviceKind): Promise<void>;
	/** What has failed is done without: the person was told, and no late answer turns it on. */
	accept(): void;
	setMicrophone(on: boolean): Promise<void>;
	setCamera(on: boolean): Promise<void>;
	/**
	 * Goes over to the device that the preferences name. What is used goes on until the other one is there; muted stays
	 * muted. A device that is off stays off. Answers why it could not be had: then the one before is used on.
	 */
	swap(kind: DeviceKind): Promise<DeviceFailure | null>;
	/** Fetches what changes devices without a gap; `swap` and `process` do so too. Rejects when it cannot be fetched now. */
	prepareSwap(): Promise<void>;
	/** The same for what is done to the sound, which some browsers only change with a microphone opened anew. */
	process(wanted: SoundProcessing): Promise<DeviceFailure | null>;
	/** The microphone as it is held, muted or not; null when there is none. */
	microphone(): MediaStreamTrack | null;
	startSharing(): Promise<void>;
	stopSharing(): void;
	/** Lets go of every device and placeholder. */
	release(): void;
}

export interface LocalMediaListeners {
	/** States or preview changed. */
	onChange: () => void;
	/** Calls have to send this from now on. */
	onTrack: (kind: 'audio' | 'video', track: MediaStreamTrack) => void;
	/** Trouble worth a toast, in words. */
	onTrouble: (text: string) => void;
	/** Another device than the preferred one was given. */
	onOther: (kind: DeviceKind, track: MediaStreamTrack) => void;
}
