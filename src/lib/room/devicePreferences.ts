import type { DeviceEntry, SoundProcessing } from './ports.ts';

/** A device that somebody chose. Its name is kept too, to say which one it was when it is not there. */
export interface KnownDevice {
	id: string;
	label: string;
}

/** What one person chose on this device, in whatever session. Null: what the browser gives. */
export interface DevicePreferences extends SoundProcessing {
	microphone: KnownDevice | null;
	camera: KnownDevice | null;
	speaker: KnownDevice | null;
	/** The microphone was last used muted: it is turned on muted, because being heard unawares is worse. */
	muted: boolean;
	/** The camera was last turned off: it is allowed together with the microphone and stays off, because being seen unawares is worse. */
	cameraOff: boolean;
}

export const NO_PREFERENCES: DevicePreferences = {
	...{ microphone: null, camera: null, speaker: null },
	...{ muted: false, cameraOff: false, noiseSuppression: true, echoCancellation: true }
};

/** What was stored, perhaps by an older version or edited by hand: whatever does not fit is as if never chosen. */
export function readPreferences(value: unknown): DevicePreferences {
	if (typeof value !== 'object' || value === null) return NO_PREFERENCES;
	const stored = value as Record<string, unknown>;
	const flag = (key: 'muted' | 'cameraOff' | keyof SoundProcessing) =>
		typeof stored[key] === 'boolean' ? stored[key] : NO_PREFERENCES[key];
	return {
		...{ microphone: readDevice(stored.microphone), camera: readDevice(stored.camera) },
		...{ speaker: readDevice(stored.speaker), muted: flag('muted'), cameraOff: flag('cameraOff') },
		...{ noiseSuppression: flag('noiseSuppression'), echoCancellation: flag('echoCancellation') }
	};
}

function readDevice(value: unknown): KnownDevice | null {
	if (typeof value !== 'object' || value === null) return null;
	const { id, label } = value as Record<string, unknown>;
	return typeof id === 'string' && id !== '' && typeof label === 'string' ? { id, label } : null;
}

/** The choices of this page; they count here even where the browser keeps nothing. */
export interface PreferenceBook {
	now(): DevicePreferences;
	change(change: Partial<DevicePreferences>): void;
}

export function createPreferences(kept: {
	preferences(): DevicePreferences;
	rememberPreferences(preferences: DevicePreferences): void;
}): PreferenceBook {
	let current = kept.preferences();
	return {
		now: () => current,
		change(change) {
			current = { ...current, ...change };
			kept.rememberPreferences(current);
		}
	};
}

/** Devices chosen earlier that are not among those that are there now. */
export function missingOnes(
	preferences: DevicePreferences,
	list: readonly DeviceEntry[]
): { kind: DeviceEntry['kind']; label: string }[] {
	return (['camera', 'microphone', 'speaker'] as const).flatMap((kind) => {
		const chosen = preferences[kind];
		const ofKind = list.filter((entry) => entry.kind === kind);
		// Before a device was allowed, browsers show entries without ids.
		if (!chosen || ofKind.every(({ id }) => id === '')) return [];
		return ofKind.some(({ id }) => id === chosen.id) ? [] : [{ kind, label: chosen.label }];
	});
}
