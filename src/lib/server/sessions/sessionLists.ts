import type { Member } from '../../shared/roomState.ts';
import type { Row, Store } from '../db/store.ts';
import { readPast, readUpcoming, type ListPlace } from './listQueries.ts';
import { readShownMembers } from './knownLearners.ts';
import type { SessionSettings } from './sessionsService.ts';
import { toSummary, type SessionSummary } from './sessionViews.ts';

/** One page of what is over, latest first. */
export interface PastSessions {
	/** With the ids by which the server knows them. */
	sessions: { id: string; summary: SessionSummary }[];
	/** Where the next older page begins; null when there is none. */
	older: string | null;
}

/** One's own sessions, page by page. */
export interface SessionLists {
	/** Planned or going on, by scheduled start. */
	upcoming(user: { id: string }): Promise<SessionSummary[]>;
	/** `before`: the `older` of the page before this one. What cannot be read as one means the first page. */
	past(user: { id: string }, before: string | null): Promise<PastSessions>;
	/** The members of some sessions as this person may know them, by session id; the mentor first, then by name. */
	peopleOf(sessionIds: string[], viewer: { id: string }): Promise<Map<string, Member[]>>;
}

/** Far more than anybody has planned. */
const UPCOMING_MAX = 200;
/**
 * How long before now an open session's scheduled start can be, ms: a lesson has hours, extensions add minutes, and
 * what was not started by its end is missed a second later.
 */
const OPEN_WITHIN_MS = 7 * 86_400_000;

export function createSessionLists(deps: {
	store: Store;
	now: () => number;
	settings: Pick<SessionSettings, 'startEarlyMinutes' | 'currency'>;
	/** Past sessions on one page. */
	pageSize?: number;
}): SessionLists {
	const { store, now, settings, pageSize = 10 } = deps;
	const { tables, db } = store;

	async function peopleOf(sessionIds: string[], viewer: { id: string }): Promise<Map<string, Member[]>> {
		const rows = await readShownMembers(tables, db, sessionIds, viewer.id);
		const bySession = Map.groupBy(rows, ({ sessionId }) => sessionId);
		return new Map(
			[...bySession].map(([id, rows]) => [id, rows.map(({ sessionId: _, ...member }) => member)])
		);
	}

	async function summarize(sessions: Row<'sessions'>[], viewer: { id: string }): Promise<SessionSummary[]> {
		const people = await peopleOf(
			sessions.map(({ id }) => id),
			viewer
		);
		return sessions.map((session) => toSummary(session, people.get(session.id) ?? [], settings));
	}

	return {
		upcoming: async (user) => {
			const since = new Date(now() - OPEN_WITHIN_MS);
			return summarize(await readUpcoming(tables, db, user.id, since, UPCOMING_MAX), user);
		},

		async past(user, before) {
			// One more than is shown tells whether there are older ones.
			const found = await readPast(
				tables,
				db,
				user.id,
				before === null ? null : readPlace(before),
				pageSize + 1
			);
			const shown = found.slice(0, pageSize);
			const summaries = await summarize(shown, user);
			return {
				sessions: shown.map((session, nth) => ({ id: session.id, summary: summaries[nth]! })),
				older: found.length > pageSize ? writePlace(shown.at(-1)!) : null
			};
		},

		peopleOf
	};
}

function writePlace({ startsAt, id }: ListPlace): string {
	return `${startsAt.getTime()}.${id}`;
}

function readPlace(text: string): ListPlace | null {
	// Fourteen digits are a year of four, which every database reads.
	const match = /^(\d{1,14})\.([\w-]{1,64})$/.exec(text);
	return match && { startsAt: new Date(Number(match[1])), id: match[2]! };
}
