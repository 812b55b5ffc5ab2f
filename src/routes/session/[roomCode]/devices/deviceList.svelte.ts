import type { DeviceEntry } from '$lib/room/ports.ts';
import type { DeviceBridge } from './deviceBridge.ts';

/** The devices there are, kept up to date while the component that made this is on the page; null at first. */
export function createDeviceList(bridge: DeviceBridge): { readonly now: readonly DeviceEntry[] | null } {
	let list = $state.raw<readonly DeviceEntry[] | null>(null);
	const desk = $derived(bridge.room?.desk ?? null);
	/** Names and ids are hidden until a device was given. */
	const given = $derived([bridge.view.devices.microphone.name, bridge.view.devices.camera.name].join());

	$effect(() => {
		void given;
		const asked = desk;
		if (!asked) return;
		let current = true;
		const look = async () => {
			const found = await asked.list();
			if (current) list = found;
		};
		void look();
		const stop = asked.onListChange(() => void look());
		return () => {
			current = false;
			stop();
		};
	});
	return {
		get now() {
			return list;
		}
	};
}
