import type { Participant } from '../../shared/live.ts';

/** Who has raised a hand, in the order in which the hands went up: the place in line, from 1 on, by user id. */
export function handPlaces(
	people: readonly Pick<Participant, 'userId' | 'handRaised' | 'handRaisedAt' | 'arrival'>[]
): ReadonlyMap<string, number> {
	const raised = people
		.filter((person) => person.handRaised)
		// One's own is shown before the server says since when.
		.sort((a, b) => (a.handRaisedAt ?? Infinity) - (b.handRaisedAt ?? Infinity) || a.arrival - b.arrival);
	return new Map(raised.map(({ userId }, nth) => [userId, nth + 1]));
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** “Hand raised, first in line”. */
export function handWords(place: number): string {
	return `Hand raised, ${ORDINALS[place - 1] ?? `number ${place}`} in line`;
}
