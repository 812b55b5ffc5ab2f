import { createContext } from 'svelte';
import { browserStorage } from '$lib/room/adapters/browserStorage.ts';

/**
 * Whether single letters, figures, signs and the Space bar may be shortcuts for this person on this device. Who dictates
 * or whose hands tremble turns them off (WCAG 2.1.4).
 */
export interface SingleKeys {
	on: boolean;
}

/** @param userId another person may sign in on the same device */
export function createSingleKeys(userId: string): SingleKeys {
	const key = `single-keys:${userId}`;
	// The page is first made on the server, which knows nothing of this device.
	const storage = typeof window === 'undefined' ? null : browserStorage();
	let on = $state(storage?.read(key) !== 'off');
	return {
		get on() {
			return on;
		},
		set on(next) {
			on = next;
			storage?.write(key, next ? null : 'off');
		}
	};
}

/** One for the room and its board. */
export const [useSingleKeys, provideSingleKeys] = createContext<SingleKeys>();
