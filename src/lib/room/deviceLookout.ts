import { cureOf, type DeviceKind } from './devices.ts';
import type { Clock, Devices, Stop } from './ports.ts';
import type { DeviceView } from './roomView.ts';

/** A device that was just pulled out may stand in the browser's list for a moment, ms. */
const SETTLES = 1_000;
const KINDS = ['microphone', 'camera'] as const;

/** Finds out whether what has failed is there again. */
export interface DeviceLookout {
	/** The states have changed. */
	update(): void;
	/** A device that was in use has just gone. */
	lost(kind: DeviceKind): void;
	stop(): void;
}

export function createDeviceLookout(deps: {
	devices: Devices;
	clock: Clock;
	stateOf: (kind: DeviceKind) => DeviceView;
	onAvailable: (kind: DeviceKind, available: boolean) => void;
	onRevoked: (kind: DeviceKind) => void;
}): DeviceLookout {
	const { devices, clock, stateOf, onAvailable, onRevoked } = deps;
	let stopListening: Stop | null = null;
	let stopLooking: Stop | null = null;

	/** The answer counts only for the state that asked. */
	async function about(kind: DeviceKind, ask: () => Promise<boolean>, act: (answer: boolean) => void) {
		const state = stateOf(kind);
		const answer = await ask();
		if (stateOf(kind) === state) act(answer);
	}

	function look(): void {
		for (const kind of KINDS) {
			const state = stateOf(kind);
			if (state.name !== 'failed') continue;
			const cure = cureOf(state.failure);
			if (cure === null) continue;
			const ask = async () =>
				cure === 'plug' ? devices.isPresent(kind) : (await devices.permission(kind)) === 'granted';
			void about(kind, ask, (available) => available !== state.available && onAvailable(kind, available));
		}
	}

	function isHurt(kind: DeviceKind): boolean {
		return stateOf(kind).name === 'failed';
	}

	function stop(): void {
		stopListening?.();
		stopListening = null;
		stopLooking?.();
		stopLooking = null;
	}

	return {
		update() {
			if (KINDS.some(isHurt)) stopListening ??= devices.onChange(look);
			else stop();
		},
		lost(kind) {
			void about(
				kind,
				async () => (await devices.permission(kind)) === 'revoked',
				(revoked) => revoked && onRevoked(kind)
			);
			stopLooking?.();
			stopLooking = clock.after(SETTLES, look);
		},
		stop
	};
}
