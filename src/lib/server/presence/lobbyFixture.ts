import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveMessage, Participant } from '../../shared/live.ts';
import type { Member } from '../../shared/roomState.ts';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createPresence, type Presence } from './presenceService.ts';
import type { Timers } from './timers.ts';

/** For tests: a page and what it heard. */
export interface Page {
	messages: LiveMessage[];
	/** The last list it got. */
	people(): Participant[];
	refused: unknown;
	/** Goes away without a word. */
	drop(): void;
	ended: Promise<void>;
}

/** A planned lesson with a presence that can be killed, stopped and started again. */
export interface Lobby {
	lesson: Lesson;
	/** What failed in the background. */
	errors: unknown[];
	presence(): Presence;
	/** A new process. The one before is not closed: that is the test's to do or to leave. */
	restart(options?: { capacity?: number; timers?: Timers }): Presence;
	openPage(member: Member, seatId: string, seated?: boolean): Promise<Page>;
	/** The log in words. */
	logged(): Promise<string[]>;
	/** Attendance in ms since the epoch. */
	stays(): Promise<
		{ userId: string; seatId: string; joinedAt: number; heartbeatAt: number; leftAt: number | null }[]
	>;
	close(): Promise<void>;
}

export async function openLobby(): Promise<Lobby> {
	const folder = mkdtempSync(join(tmpdir(), 'presence-'));
	const lesson = await planLesson({ file: join(folder, 'lesson.sqlite') });
	const errors: unknown[] = [];
	const create = ({ capacity = 4, timers = lesson.time }: { capacity?: number; timers?: Timers } = {}) =>
		createPresence({
			...lesson,
			now: lesson.time.now,
			timers,
			onError: (error) => errors.push(error),
			capacity,
			graceMs: 10_000,
			heartbeatMs: 10_000
		});
	let presence = create();

	return {
		lesson,
		errors,
		presence: () => presence,
		restart(options) {
			presence = create(options);
			return presence;
		},
		async openPage(member, seatId, seated = true) {
			const abort = new AbortController();
			const live = presence.live(await lesson.session(), member, { seatId, seated }, abort.signal);
			const page = startPage(live, abort);
			await lesson.time.advance(20);
			return page;
		},
		async logged() {
			const { id } = await lesson.session();
			return (await lesson.roomLog.readAll(id)).map((entry) =>
				'reason' in entry.payload
					? `${entry.actorId} ${entry.type} ${entry.payload.reason}`
					: `${entry.actorId} ${entry.type}`
			);
		},
		async stays() {
			const { id } = await lesson.session();
			return (await presence.attendanceOf(id)).map(({ userId, seatId, joinedAt, heartbeatAt, leftAt }) => ({
				userId,
				seatId,
				joinedAt: joinedAt.getTime(),
				heartbeatAt: heartbeatAt.getTime(),
				leftAt: leftAt?.getTime() ?? null
			}));
		},
		async close() {
			await presence.close();
			await lesson.close();
			rmSync(folder, { recursive: true });
		}
	};
}

function startPage(live: AsyncIterable<LiveMessage>, abort: AbortController): Page {
	const messages: LiveMessage[] = [];
	const page: Page = {
		messages,
		people: () => messages.flatMap((m) => (m.type === 'presence' ? [m.participants] : [])).at(-1) ?? [],
		refused: null,
		drop: () => abort.abort(),
		ended: Promise.resolve()
	};
	page.ended = (async () => {
		try {
			for await (const message of live) messages.push(message);
		} catch (error) {
			page.refused = error;
		}
	})();
	return page;
}

/** Who is there, in words. */
export function whoIsThere(page: Page): string[] {
	return page.people().map((person) => `${person.userId} ${person.state}`);
}
