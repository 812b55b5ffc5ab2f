import { CAPTION_GIVING, type CaptionsChoice } from '../../shared/captions.ts';
import type { Storage } from '../ports.ts';

/** As long as the tab lives: whoever agreed is not asked again after a reload, and is in the next lesson. */
const keyOf = (place: string) => `tab:captions:${place}`;

export function keepChoice(storage: Storage, place: string, choice: CaptionsChoice): void {
	storage.write(keyOf(place), JSON.stringify(choice));
}

/** Null where none was made, or what is kept is none. */
export function keptChoice(storage: Storage, place: string): CaptionsChoice | null {
	try {
		const kept: unknown = JSON.parse(storage.read(keyOf(place)) ?? 'null');
		if (typeof kept !== 'object' || kept === null || !('wanted' in kept) || !('giving' in kept)) return null;
		const giving = CAPTION_GIVING.find((one) => one === kept.giving);
		return giving && typeof kept.wanted === 'boolean' ? { wanted: kept.wanted, giving } : null;
	} catch {
		return null;
	}
}
