import { browserStorage } from '$lib/room/adapters/browserStorage.ts';

const KEY = 'single-keys';

/**
 * Whether single letters, figures and signs may be shortcuts on this device. Who dictates or whose hands tremble turns them
 * off (WCAG 2.1.4).
 */
export function createSingleKeys(): { on: boolean } {
	const storage = browserStorage();
	let on = $state(storage.read(KEY) !== 'off');
	return {
		get on() {
			return on;
		},
		set on(next) {
			on = next;
			storage.write(KEY, next ? null : 'off');
		}
	};
}
