import type { RoomEvent } from '../shared/roomEvents.ts';

/** Who was there while the lesson was live, as its log tells: user ids. The server's rows say the same. */
export interface WereThere {
	/** Since when, for whoever is there now; ms since the epoch. */
	here: ReadonlyMap<string, number>;
	/** Ms since the epoch; null before the start. */
	startedAt: number | null;
	taught: ReadonlySet<string>;
}

export const NOBODY_WAS_THERE: WereThere = { here: new Map(), startedAt: null, taught: new Set() };

export function foldWereThere(state: WereThere, event: RoomEvent): WereThere {
	const { here, startedAt, taught } = state;
	switch (event.type) {
		case 'session.start':
			return { ...state, startedAt: event.at, taught: new Set(here.keys()) };
		case 'mentor.join':
		case 'learner.join': {
			const who = event.actorId!;
			return {
				...{ startedAt, here: new Map(here).set(who, event.at) },
				taught: startedAt === null ? taught : new Set(taught).add(who)
			};
		}
		case 'mentor.leave':
		case 'learner.leave': {
			const who = event.actorId!;
			const since = here.get(who) ?? event.at;
			const stay = { ...state, here: new Map([...here].filter(([userId]) => userId !== who)) };
			// Lost before the start, and noticed after it.
			const wasGone =
				startedAt !== null && since < startedAt && (event.payload.since ?? event.at) <= startedAt;
			return wasGone ? { ...stay, taught: new Set([...taught].filter((userId) => userId !== who)) } : stay;
		}
		default:
			return state;
	}
}
