/** What a list of past sessions is put in order by. */
interface Past {
	roomCode: string;
	startsAt: number;
}

/**
 * One list of what was read at different times, latest first: of two states of a session the one in `fresh` counts.
 * What has moved from the first page to the second since it was read is in neither of them alone.
 */
export function mergePast<T extends Past>(known: readonly T[], fresh: readonly T[]): T[] {
	const all = new Map([...known, ...fresh].map((session) => [session.roomCode, session]));
	const place = new Map([...known, ...fresh].map(({ roomCode }, nth) => [roomCode, nth]));
	return [...all.values()].sort(
		(a, b) => b.startsAt - a.startsAt || place.get(a.roomCode)! - place.get(b.roomCode)!
	);
}
