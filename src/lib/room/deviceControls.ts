import type { DeviceKind } from './devices.ts';
import type { LocalMedia } from './localMedia.ts';
import type { Memory } from './memory.ts';
import type { Devices } from './ports.ts';

/** What a person does with their devices, and what is remembered of it. */
export interface DeviceControls {
	turnOn(): Promise<void>;
	/** What has failed, once more: all of it, or one. */
	retry(only?: DeviceKind): Promise<void>;
	/** What has failed is done without; a microphone that was never tried is. */
	continueWithout(): Promise<void>;
	setMicrophone(on: boolean): Promise<void>;
	setCamera(on: boolean): Promise<void>;
	startSharing(): Promise<void>;
	/** After a reload or a return: what was chosen here before, without any prompt (spec L4). */
	takeRemembered(): Promise<void>;
}

export function createDeviceControls(deps: {
	media: LocalMedia;
	devices: Devices;
	memory: Memory;
	/** Nobody's camera stays on after they left: what is granted too late is let go again. */
	mayHold: () => boolean;
}): DeviceControls {
	const { media, devices, memory, mayHold } = deps;

	async function guarded(change: () => Promise<void>): Promise<boolean> {
		if (!mayHold()) return false;
		await change();
		if (mayHold()) return true;
		media.release();
		return false;
	}

	/** Remembers what the person ended up with. */
	async function choose(change: () => Promise<void>): Promise<void> {
		if (await guarded(change)) memory.rememberDevices(media.choice());
	}

	return {
		turnOn: () => choose(() => media.turnOn({ microphone: 'on', camera: true })),
		retry: (only) => choose(() => media.retry(only)),
		async continueWithout() {
			media.accept();
			if (media.view().microphone.name === 'off') await choose(() => media.setMicrophone(true));
		},
		setMicrophone: (on) => choose(() => media.setMicrophone(on)),
		setCamera: (on) => choose(() => media.setCamera(on)),
		async startSharing() {
			await guarded(() => media.startSharing());
		},
		async takeRemembered() {
			const choice = memory.deviceChoice();
			if (!choice || !mayHold()) return;
			const wanted = { microphone: choice.microphone !== 'off', camera: choice.camera };
			if (!wanted.microphone && !wanted.camera) return;
			if (await devices.alreadyGranted(wanted)) await guarded(() => media.turnOn(choice));
		}
	};
}
