import type { DeviceEntry } from '../../../../lib/room/ports.ts';
import type { DevicesView } from '../../../../lib/room/roomView.ts';

/** What a picker shows: its entries, which of them is chosen, and whether there is anything to choose. */
export interface DeviceOptions {
	options: { value: string; text: string }[];
	value: string;
	usable: boolean;
}

const NAMES = { microphone: 'Microphone', camera: 'Camera', speaker: 'Speaker' } as const;

/** The devices of one kind as a picker offers them. `list` is null until it is known. */
export function deviceOptions(
	kind: DeviceEntry['kind'],
	list: readonly DeviceEntry[] | null,
	{ using, chosen }: Pick<DevicesView, 'using' | 'chosen'>
): DeviceOptions {
	const name = NAMES[kind];
	// Windows lists the default device for phone calls once more under its own name.
	const ofKind = (list ?? []).filter((entry) => entry.kind === kind && entry.id !== 'communications');
	const known = ofKind.filter(({ id }) => id !== '');
	if (known.length === 0) {
		// Before anything is allowed, browsers say that there is one but not which.
		const text =
			list === null ? 'Looking…' : ofKind.length > 0 ? 'Shown once it is allowed' : `No ${kind} found`;
		return { options: [{ value: '', text }], value: '', usable: false };
	}
	const options = known.map(({ id, label }, nth) => ({ value: id, text: label || `${name} ${nth + 1}` }));
	const wanted = [kind === 'speaker' ? null : using[kind], chosen[kind]?.id];
	const value = wanted.find((id) => options.some((option) => option.value === id)) ?? options[0]!.value;
	return { options, value, usable: true };
}
