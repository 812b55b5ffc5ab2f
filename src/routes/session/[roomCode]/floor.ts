/** So long somebody has to speak, while the one before is silent, until they are the large one, ms. */
export const HOLD = 1_200;
/** Whoever has become the large one is it for so long, ms: eyes follow no faster. */
export const STAY = 3_000;

/** Who has the floor: the one that is shown large because they speak. */
export interface Floor {
	/** Null until somebody has spoken. */
	userId: string | null;
	/** Since when, ms. */
	at: number;
	/** Since when everybody who speaks now has done so without a pause, ms. */
	since: Readonly<Record<string, number>>;
}

export const NO_FLOOR: Floor = { userId: null, at: -Infinity, since: {} };

/**
 * The next state. It stays with whoever has it while they speak, and while nobody does; of several who speak it goes to the
 * one that began first. When they are gone somebody else has it at the first word. `others` are in order of arrival.
 */
export function nextFloor(
	before: Floor,
	others: readonly { userId: string; speaking: boolean }[],
	at: number
): Floor {
	const speaking = others.filter((person) => person.speaking).map(({ userId }) => userId);
	const since = Object.fromEntries(speaking.map((userId) => [userId, before.since[userId] ?? at]));
	const [first] = speaking.sort((a, b) => since[a]! - since[b]!);
	const isHere = others.some(({ userId }) => userId === before.userId);
	if (!isHere) return first ? { userId: first, at, since } : { ...NO_FLOOR, since };
	const yields =
		first !== undefined &&
		!speaking.includes(before.userId!) &&
		at - before.at >= STAY &&
		at - since[first]! >= HOLD;
	return yields ? { userId: first, at, since } : { ...before, since };
}
