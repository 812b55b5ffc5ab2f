import { readPreferences, type DevicePreferences } from './devicePreferences.ts';
import type { Outbox } from './outbox.ts';
import type { DeviceChoice } from './mediaTypes.ts';
import type { Storage } from './ports.ts';

/**
 * A seat to come back to. In the lobby it is the tab's, so that whoever only tried the devices there is asked once more
 * when the lesson is on; in the room it is the device's, which a closed or crashed tab leaves to the next one. A tab whose
 * seat was taken over keeps away from it, and leaves it to the one that has it.
 */
export type KeptSeat = 'lobby' | 'room' | 'elsewhere' | 'none';

/** What this device remembers of one person, over reloads: in one room, and of their devices in all of them. */
export interface Memory {
	/** There is a seat here to go back to without asking: after a reload of this tab, or when it was closed in the room. */
	hadSeat(): boolean;
	rememberSeat(kept: KeptSeat): void;
	/** The mentor asked for the end, and the server has not answered yet. */
	isEnding(): boolean;
	rememberEnding(ending: boolean): void;
	/** Null until devices were turned on here once. */
	deviceChoice(): DeviceChoice | null;
	rememberDevices(choice: DeviceChoice): void;
	/** The same in every room. */
	preferences(): DevicePreferences;
	rememberPreferences(preferences: DevicePreferences): void;
	/**
	 * Messages that are not known to be stored by the server, on this device: a tab that crashed or was closed leaves
	 * them to the next one. Two tabs may send the same one, which the server stores once.
	 */
	outbox(): Outbox;
	rememberOutbox(outbox: Outbox): void;
}

export function createMemory(storage: Storage, roomCode: string, userId: string): Memory {
	// Another person may sign in on the same device.
	const place = `${roomCode}:${userId}`;
	const tabSeatKey = `tab:seat:${place}`;
	const seatKey = `seat:${place}`;
	const endingKey = `tab:ending:${place}`;
	const outboxKey = `outbox:${place}`;
	const devicesKey = `devices:${place}`;
	const preferencesKey = `device-preferences:${userId}`;
	/** Messages of this tab, sent ones too: what another tab keeps there is not to be forgotten here. */
	const own = new Set<string>();
	const kept = () => readOutbox(parse(storage.read(outboxKey)));
	return {
		hadSeat() {
			const tab = storage.read(tabSeatKey);
			return tab === 'taken' || (tab !== 'elsewhere' && storage.read(seatKey) === 'taken');
		},
		rememberSeat(kept) {
			const tab = { lobby: 'taken', room: 'taken', elsewhere: 'elsewhere', none: null } as const;
			storage.write(tabSeatKey, tab[kept]);
			if (kept === 'room') storage.write(seatKey, 'taken');
			if (kept === 'none') storage.write(seatKey, null);
		},
		isEnding: () => storage.read(endingKey) === 'asked',
		rememberEnding: (ending) => storage.write(endingKey, ending ? 'asked' : null),
		deviceChoice: () => readChoice(parse(storage.read(devicesKey))),
		rememberDevices: (choice) => storage.write(devicesKey, JSON.stringify(choice)),
		preferences: () => readPreferences(parse(storage.read(preferencesKey))),
		rememberPreferences: (preferences) => storage.write(preferencesKey, JSON.stringify(preferences)),
		outbox() {
			const outbox = kept();
			for (const { clientId } of outbox) own.add(clientId);
			return outbox;
		},
		rememberOutbox(outbox) {
			for (const { clientId } of outbox) own.add(clientId);
			const all = [...kept().filter(({ clientId }) => !own.has(clientId)), ...outbox];
			storage.write(outboxKey, all.length > 0 ? JSON.stringify(all) : null);
		}
	};
}

// What is stored may be from an older version or edited by hand: whatever does not fit is forgotten.

function parse(text: string | null): unknown {
	if (text === null) return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function readChoice(value: unknown): DeviceChoice | null {
	if (!isRecord(value) || typeof value.camera !== 'boolean') return null;
	const { microphone, camera } = value;
	return microphone === 'on' || microphone === 'muted' || microphone === 'off'
		? { microphone, camera }
		: null;
}

function readOutbox(value: unknown): Outbox {
	if (!Array.isArray(value)) return [];
	return value.flatMap((letter: unknown) => {
		if (!isRecord(letter)) return [];
		const { clientId, text, at, state, error } = letter;
		if (typeof clientId !== 'string' || typeof text !== 'string' || typeof at !== 'number') return [];
		const failed = state === 'failed' && typeof error === 'string';
		return [
			failed
				? { clientId, text, at, state: 'failed' as const, error }
				: { clientId, text, at, state: 'waiting' as const, error: null }
		];
	});
}
