import type { Storage } from './ports.ts';

/** Of the device: whose address it is to hide does not depend on the lesson. */
const KEY = 'relay-only';

/** Whether calls from this device are to go by a TURN server only. */
export function readRelayOnly(storage: Storage): boolean {
	return storage.read(KEY) === 'on';
}

export function rememberRelayOnly(storage: Storage, on: boolean): void {
	storage.write(KEY, on ? 'on' : null);
}
