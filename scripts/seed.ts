import { join } from 'node:path';
import { hashPassword } from '../src/lib/server/accounts/password.ts';
import { createBus } from '../src/lib/server/bus/bus.ts';
import type { Config } from '../src/lib/server/config.ts';
import { openStore } from '../src/lib/server/db/openStore.ts';
import { run, type Database, type Row, type Steps, type Store } from '../src/lib/server/db/store.ts';
import type { Tables } from '../src/lib/server/db/tables.ts';
import { createFigures } from '../src/lib/server/earnings/figuresService.ts';
import { platformFee } from '../src/lib/server/earnings/platformFee.ts';
import { createId } from '../src/lib/server/ids.ts';
import { missedLesson } from './missedLesson.ts';
import { enqueueReminders } from '../src/lib/server/mail/reminders.ts';
import { createRoomLog } from '../src/lib/server/roomLog/roomLogService.ts';
import { readMembers, readSession } from '../src/lib/server/sessions/sessionsQueries.ts';
import { avatarColour } from '../src/lib/ui/initials.ts';
import { EARLIER_LESSONS } from './earlierLessons.ts';
import { createDiskFileStore } from '../src/lib/server/resources/fileStore.ts';
import { plannedLessons } from './plannedLessons.ts';
import { pastLesson, ratingTotals, type People } from './pastLesson.ts';
import { SAMPLE_LESSONS, SAMPLE_PASSWORD, SAMPLE_PEOPLE, type SamplePerson } from './sampleLessons.ts';
import { sampleNotifications } from './sampleNotifications.ts';
import { AS_PLANNED } from '../src/lib/server/sessions/asPlanned.ts';

export const DEMO_ROOM_CODE = 'demo-lesson';
const DAY = 86_400_000;

export interface SampleTimes {
	/** ms since the epoch. */
	now: number;
	/** Of the sample lesson, minutes from now. */
	startsIn: number;
	/** Length of the sample lesson. */
	minutes: number;
}

/** Fills an empty database with the sample people and lessons in one transaction, then adds up their figures. */
export async function seed(config: Config, times: SampleTimes): Promise<void> {
	const store = openStore(config.database);
	try {
		await store.migrate(config.migrations);
		const people = await samplePeople(times.now);
		const files = await createDiskFileStore(join(config.dataDir, 'files'));
		const ids = idsOf(people);
		const lessons = await Promise.all(
			[...EARLIER_LESSONS, ...SAMPLE_LESSONS].map((sample) =>
				pastLesson(sample, ids, times.now, config.CURRENCY, files)
			)
		);
		await store.transact(function* (tx) {
			yield* insert(store, tx, 'users', Object.values(people));
			for (const lesson of lessons) {
				yield* insert(store, tx, 'sessions', [lesson.session]);
				yield* insert(store, tx, 'sessionMembers', lesson.members);
				yield* insert(store, tx, 'roomLog', lesson.log);
				yield* insert(store, tx, 'attendance', lesson.attendance);
				yield* insert(store, tx, 'ratings', lesson.ratings);
				yield* insert(store, tx, 'jobs', lesson.jobs);
				yield* insert(store, tx, 'lessonNotes', lesson.notes);
				yield* insert(store, tx, 'resources', lesson.resources);
				const feeMinor = platformFee(lesson.earning.amountMinor, config.PLATFORM_FEE_PERCENT);
				yield* insert(store, tx, 'ledger', [{ ...lesson.earning, feeMinor }]);
			}
			const missed = missedLesson(ids, times.now);
			yield* insert(store, tx, 'sessions', [missed.session]);
			yield* insert(store, tx, 'sessionMembers', missed.members);
			yield* insert(store, tx, 'roomLog', missed.log);
			yield* insert(store, tx, 'attendance', missed.attendance);
			const told = sampleNotifications(lessons, missed, ids, times.now);
			yield* insert(store, tx, 'inboxes', told.inboxes);
			yield* insert(store, tx, 'notifications', told.notifications);
			const ratings = lessons.flatMap((lesson) => lesson.ratings);
			yield* insert(store, tx, 'ratingTotals', ratingTotals(ratings));
			const demo = demoLesson(ids, times);
			yield* insert(store, tx, 'sessions', [demo.session]);
			yield* insert(store, tx, 'sessionMembers', demo.members);
			const planned = plannedLessons(ids, times.now, people.maya.timeZone);
			yield* insert(store, tx, 'sessions', planned.sessions);
			yield* insert(store, tx, 'sessionMembers', planned.members);
			yield* insert(store, tx, 'invitations', planned.invitations);
			for (const session of planned.sessions) yield* enqueueReminders(store, tx, session, times.now);
		});
		await addFigures(
			store,
			lessons.map(({ session }) => session.id)
		);
	} finally {
		await store.close();
	}
}

/** As the job that follows each end does. */
async function addFigures(store: Store, sessionIds: string[]): Promise<void> {
	const { tables, db } = store;
	const bus = createBus((error) => {
		throw error;
	});
	const figures = createFigures({
		store,
		roomLog: createRoomLog({ store, bus, now: Date.now }),
		sessions: {
			byId: (id) => readSession(tables, db, { id }),
			membersOf: (id) => readMembers(tables, db, [id])
		},
		now: Date.now
	});
	for (const id of sessionIds) await figures.add(id);
}

async function samplePeople(now: number): Promise<Record<SamplePerson, Row<'users'>>> {
	// Everybody lives where the demo runs, so that the times on the pages are those of the clock on the wall.
	const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const ids: string[] = [];
	const entries = Object.entries(SAMPLE_PEOPLE).map(async ([key, person]) => {
		// The colour of each comes from their id: nobody looks like somebody else.
		let id = createId();
		while (ids.some((other) => avatarColour(other) === avatarColour(id))) id = createId();
		ids.push(id);
		const passwordHash = await hashPassword(SAMPLE_PASSWORD);
		const createdAt = new Date(now - 340 * DAY);
		return [key, { id, ...person, passwordHash, timeZone, createdAt, emailVerifiedAt: createdAt }];
	});
	return Object.fromEntries(await Promise.all(entries)) as Record<SamplePerson, Row<'users'>>;
}

function idsOf(people: Record<SamplePerson, Row<'users'>>): People {
	return Object.fromEntries(Object.entries(people).map(([key, { id }]) => [key, id])) as People;
}

function demoLesson(people: People, { now, startsIn, minutes }: SampleTimes) {
	const startsAt = now + startsIn * 60_000;
	const session: Row<'sessions'> = {
		...AS_PLANNED,
		id: createId(),
		roomCode: DEMO_ROOM_CODE,
		mentorId: people.maya,
		title: 'Demo lesson',
		status: 'scheduled',
		startsAt: new Date(startsAt),
		endsAt: new Date(startsAt + minutes * 60_000),
		startedAt: null,
		endedAt: null,
		endReason: null,
		durationSeconds: null,
		priceMinor: 3_500,
		lastSeq: 0,
		createdAt: new Date(now - DAY)
	};
	const members: Row<'sessionMembers'>[] = (['maya', 'liam', 'aisha'] as const).map((who) => ({
		sessionId: session.id,
		userId: people[who],
		role: SAMPLE_PEOPLE[who].role,
		startsAt: session.startsAt,
		removedAt: null
	}));
	return { session, members };
}

function* insert<K extends keyof Tables>(store: Store, tx: Database, table: K, rows: Row<K>[]): Steps<void> {
	if (rows.length === 0) return;
	yield* run(tx.insert(store.tables[table]).values(rows).returning());
}
