/**
 * What two pages tell each other to set up a call over our own socket. `key` names the call for both; it is made by
 * the caller. Messages may get lost or overtake each other.
 */
export type SocketWord =
	| { type: 'offer'; key: string; number: number; sdp: string }
	| { type: 'answer'; key: string; sdp: string }
	| { type: 'candidate'; key: string; candidate: RTCIceCandidateInit }
	| { type: 'bye'; key: string };

export function writeWord(word: SocketWord): string {
	return JSON.stringify(word);
}

/** The word, or null when it is none: the other page may be anything. */
export function readWord(data: string): SocketWord | null {
	let value: unknown;
	try {
		value = JSON.parse(data);
	} catch {
		return null;
	}
	if (typeof value !== 'object' || value === null) return null;
	const { type, key, number, sdp, candidate } = value as Record<string, unknown>;
	if (typeof key !== 'string' || key === '' || key.length > 64) return null;
	switch (type) {
		case 'offer':
			if (typeof sdp !== 'string' || !Number.isSafeInteger(number)) return null;
			return { type, key, sdp, number: Math.max(0, number as number) };
		case 'answer':
			return typeof sdp === 'string' ? { type, key, sdp } : null;
		case 'candidate':
			if (typeof candidate !== 'object' || candidate === null) return null;
			return { type, key, candidate };
		case 'bye':
			return { type, key };
		default:
			return null;
	}
}
