import { toast } from '$lib/ui/toasts.svelte.ts';
import { browserClock } from '$lib/room/adapters/browserClock.ts';
import { browserDevices } from '$lib/room/adapters/browserDevices.ts';
import { browserStorage } from '$lib/room/adapters/browserStorage.ts';
import { createTryout, type Tryout } from '$lib/room/createTryout.ts';
import { NO_PREFERENCES } from '$lib/room/devicePreferences.ts';
import type { DevicesView } from '$lib/room/roomView.ts';
import type { Member } from '$lib/shared/roomState.ts';
import type { DeviceBridge } from '../session/[roomCode]/devices/deviceBridge.ts';

const NO_DEVICES: DevicesView = {
	...{ microphone: { name: 'off' }, camera: { name: 'off' }, screen: 'off' },
	...{ preview: null, chosen: NO_PREFERENCES, using: { microphone: null, camera: null } }
};

/** The bridge of a page that has devices and no room. */
export interface SetupBridge extends DeviceBridge {
	/** In the browser only. */
	open(): void;
	close(): void;
}

export function createSetupBridge(me: Member): SetupBridge {
	let devices = $state.raw(NO_DEVICES);
	let tryout = $state.raw<Tryout | null>(null);
	return {
		get view() {
			return { me, devices, people: [] };
		},
		get room() {
			return tryout;
		},
		open() {
			const made = createTryout({
				...{ devices: browserDevices(), clock: browserClock(), storage: browserStorage(), me },
				onChange: () => (devices = made.view()),
				tell: (text) => toast(text)
			});
			tryout = made;
			devices = made.view();
		},
		close() {
			tryout?.close();
			tryout = null;
			devices = NO_DEVICES;
		}
	};
}
