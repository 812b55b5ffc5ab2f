import type { DeviceFailure } from '../shared/deviceTrouble.ts';
import type { DeviceKind } from './devices.ts';
import {
	missingOnes,
	type DevicePreferences,
	type KnownDevice,
	type PreferenceBook
} from './devicePreferences.ts';
import type { LocalMedia } from './mediaTypes.ts';
import type { Memory } from './memory.ts';
import type { DeviceEntry, Devices, SoundProcessing, Stop } from './ports.ts';
import type { DevicesView } from './roomView.ts';
import { quoted, word } from '../shared/counted.ts';

const KIND_WORDS = { camera: word('camera'), microphone: word('microphone') };

/** Which devices there are and which are used: what pickers and tests of devices need. */
export interface DeviceDesk {
	/** The page may say through which speaker it is heard. */
	readonly choosesSpeaker: boolean;
	/** What there is now. */
	list(): Promise<DeviceEntry[]>;
	/** Something was plugged in or out, or a permission has changed. */
	onListChange(listener: () => void): Stop;
	/**
	 * Uses this one from now on, also on other days; null: whatever the browser gives. What is off stays off. Answers why
	 * it could not be had: then the one before is used on.
	 */
	choose(kind: DeviceEntry['kind'], device: KnownDevice | null): Promise<DeviceFailure | null>;
	/** Answers as `choose` does. */
	process(change: Partial<SoundProcessing>): Promise<DeviceFailure | null>;
	/** Fetches what `choose` and `process` need. Rejects when that fails. */
	prepare(): Promise<void>;
	/** The microphone as it is held, to record a test of it; null when there is none. */
	microphone(): MediaStreamTrack | null;
}

/** What a person does with their devices, and what is remembered of it. */
export interface DeviceControls {
	readonly desk: DeviceDesk;
	view(): DevicesView;
	turnOn(): Promise<void>;
	/** What has failed, once more: all of it, or one. */
	retry(only?: DeviceKind): Promise<void>;
	/** What has failed is done without. A microphone that was never tried is; one that failed too, if `withSound`. */
	continueWithout(withSound?: boolean): Promise<void>;
	setMicrophone(on: boolean): Promise<void>;
	setCamera(on: boolean): Promise<void>;
	startSharing(): Promise<void>;
	/** After a reload or a return: what was chosen here before, without any prompt (spec L4). */
	takeRemembered(): Promise<void>;
	/** Another device than the preferred one was given. */
	otherGiven(kind: DeviceKind, track: MediaStreamTrack): Promise<void>;
}

export function createDeviceControls(deps: {
	media: LocalMedia;
	devices: Devices;
	memory: Memory;
	preferences: PreferenceBook;
	/** Nobody's camera stays on after they left: what is granted too late is let go again. */
	mayHold: () => boolean;
	/** What the view is made of has changed. */
	onChange: () => void;
	/** Worth a toast, in words. */
	tell: (text: string) => void;
}): DeviceControls {
	const { media, devices, memory, preferences, mayHold, onChange, tell } = deps;

	async function guarded(change: () => Promise<void>): Promise<boolean> {
		if (!mayHold()) return false;
		await change();
		if (mayHold()) return true;
		media.release();
		return false;
	}

	/** Remembers what the person ended up with. */
	async function choose(change: () => Promise<void>): Promise<void> {
		if (!(await guarded(change))) return;
		const choice = media.choice();
		memory.rememberDevices(choice);
		if (choice.microphone !== 'off') prefer({ muted: choice.microphone === 'muted' });
		if (choice.camera) prefer({ cameraOff: false });
	}

	function prefer(change: Partial<DevicePreferences>): void {
		const before = preferences.now();
		const keys = Object.keys(change) as (keyof DevicePreferences)[];
		if (keys.every((key) => before[key] === change[key])) return;
		preferences.change(change);
		onChange();
	}

	/** What was preferred before is so again where that cannot be had. */
	async function preferring(
		change: Partial<DevicePreferences>,
		apply: () => Promise<DeviceFailure | null>
	): Promise<DeviceFailure | null> {
		const before = preferences.now();
		prefer(change);
		let failure: DeviceFailure | null = null;
		await choose(async () => {
			failure = await apply();
		});
		if (failure) {
			const undone = Object.keys(change).map((key) => [key, before[key as keyof DevicePreferences]]);
			prefer(Object.fromEntries(undone) as Partial<DevicePreferences>);
		}
		return failure;
	}

	return {
		desk: {
			choosesSpeaker: devices.choosesSpeaker,
			list: () => devices.list(),
			onListChange: (listener) => devices.onChange(listener),
			choose: (kind, device) =>
				preferring({ [kind]: device }, async () => (kind === 'speaker' ? null : media.swap(kind))),
			process: (change) =>
				preferring(change, () => {
					const { noiseSuppression, echoCancellation } = preferences.now();
					return media.process({ noiseSuppression, echoCancellation });
				}),
			prepare: media.prepareSwap,
			microphone: media.microphone
		},
		view: () => ({ ...media.view(), chosen: preferences.now() }),
		async turnOn() {
			const { muted, cameraOff } = preferences.now();
			// Where it is allowed already its light need not go on for nothing.
			const asks = !cameraOff || !(await devices.alreadyGranted({ camera: true }));
			await choose(async () => {
				const opening = media.turnOn({ microphone: muted ? 'muted' : 'on', camera: asks });
				// One question for both; what comes of a camera that stays off is let go of at once.
				if (asks && cameraOff) await media.setCamera(false);
				await opening;
			});
		},
		retry: (only) => choose(() => media.retry(only)),
		async continueWithout(withSound = false) {
			if (withSound) await choose(() => media.retry('microphone'));
			media.accept();
			const { microphone } = media.view();
			if (microphone.name === 'off') await choose(() => media.setMicrophone(true));
			if (withSound && microphone.name === 'failed')
				tell('Your microphone cannot be used either. You hear the others; they do not hear you.');
		},
		setMicrophone: (on) => choose(() => media.setMicrophone(on)),
		async setCamera(on) {
			await choose(() => media.setCamera(on));
			if (!on) prefer({ cameraOff: true });
		},
		async startSharing() {
			await guarded(() => media.startSharing());
		},
		async takeRemembered() {
			const choice = memory.deviceChoice();
			if (!choice || !mayHold()) return;
			const wanted = { microphone: choice.microphone !== 'off', camera: choice.camera };
			if (!wanted.microphone && !wanted.camera) return;
			if (await devices.alreadyGranted(wanted)) await guarded(() => media.turnOn(choice));
		},
		async otherGiven(kind, track) {
			const missing = missingOnes(preferences.now(), await devices.list());
			const gone = missing.find((each) => each.kind === kind);
			const id = track.getSettings().deviceId;
			// Chosen in the browser's own question.
			if (!gone && id) return prefer({ [kind]: { id, label: track.label } });
			if (gone)
				tell(
					`“${gone.label}” is not there. Your ${KIND_WORDS[kind]} is now ${track.label ? quoted(track.label) : word('another one')}.`
				);
		}
	};
}
