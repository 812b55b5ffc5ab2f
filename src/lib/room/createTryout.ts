import type { Member } from '../shared/roomState.ts';
import { createDeviceControls } from './deviceControls.ts';
import { createPreferences } from './devicePreferences.ts';
import { createLateLevels } from './levels/lateLevels.ts';
import { createLocalMedia } from './localMedia.ts';
import { createMemory } from './memory.ts';
import type { Ports } from './ports.ts';
import type { DeviceRoom, DevicesView } from './roomView.ts';

/** In place of a room's code: what is chosen while devices are tried is remembered under it. */
const PLACE = 'setup';

/** Camera, microphone and speaker of a person without a lesson, as a room has them. Nothing is sent anywhere. */
export interface Tryout extends DeviceRoom {
	view(): DevicesView;
	/** Lets go of every device. */
	close(): void;
}

/** `tell`: worth a toast, in words. */
export function createTryout(
	deps: Pick<Ports, 'devices' | 'clock' | 'storage'> & {
		me: Member;
		onChange: () => void;
		tell: (text: string) => void;
	}
): Tryout {
	const { devices, clock, storage, me, onChange, tell } = deps;
	const memory = createMemory(storage, PLACE, me.userId);
	const preferences = createPreferences(memory);
	let closed = false;
	const media = createLocalMedia(
		devices,
		clock,
		{
			onChange() {
				levels?.update();
				onChange();
			},
			onTrack: () => undefined,
			onTrouble: tell,
			onOther: (kind, track) => void controls.otherGiven(kind, track)
		},
		preferences.now
	);
	const controls = createDeviceControls({
		...{ media, devices, memory, preferences, onChange, tell },
		mayHold: () => !closed
	});
	const levels = createLateLevels({
		...{ devices, clock, media, myUserId: me.userId, onChange },
		...{ others: () => [], heardLevel: () => 0 }
	});
	return {
		view: controls.view,
		...{ desk: controls.desk, watchMicrophone: levels.watch },
		prepareDesk: async () => void (await Promise.all([controls.desk.prepare(), levels.load()])),
		...{ turnOnDevices: controls.turnOn, retryDevices: controls.retry },
		continueWithout: controls.continueWithout,
		...{ setMicrophone: controls.setMicrophone, setCamera: controls.setCamera },
		close() {
			closed = true;
			levels.stop();
			media.release();
		}
	};
}
