import { afterAll, beforeAll, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { appRouter } from '../../src/lib/server/trpc/appRouter.ts';
import { anElement } from '../../src/lib/shared/boardFixture.ts';
import { boardInTable } from '../support/boardClient.ts';
import { fileUploads } from '../support/fileUpload.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

type Who = 'mentor' | 'learner' | 'other';

/** One mutation and what it is sent with: the same each time, as a page does that never heard the answer. */
interface Row {
	who: Who;
	input(of: { seats: Record<Who, string>; lesson: Lesson; fileId: string }): Record<string, unknown>;
	/** For what leaves no trace with us: the page it is meant for takes it once, by the key inside. */
	passesOn?: true;
	/** How many at once, where a rate allows no hundred. */
	atOnce?: number;
	/** What else the same client id could be sent with. */
	other?: (of: { lesson: Lesson }) => Record<string, unknown>;
	/** Concerns no session: sent without a room code. */
	ownOnly?: true;
}

/** A notification the learner has from before. */
const EARLIER = 'told-before';

/** In an order in which each has something to do. A mutation without a row fails the first test. */
const ROWS: Record<string, Row> = {
	'room.start': { who: 'mentor', input: () => ({}) },
	'board.continueLast': { who: 'mentor', input: () => ({}) },
	'board.put': { who: 'learner', input: () => ({ elements: [anElement('ellipse', { id: 'drawn-once' })] }) },
	'board.draw': {
		who: 'learner',
		input: ({ seats }) => ({ seatId: seats.learner, cursor: null }),
		passesOn: true,
		atOnce: 20
	},
	'board.lock': {
		who: 'mentor',
		input: () => ({ clientId: createId(), locked: true }),
		other: () => ({ locked: false })
	},
	'room.say': {
		who: 'learner',
		input: () => ({ clientId: createId(), text: 'Said once.' }),
		other: () => ({ text: 'Said otherwise.' })
	},
	'room.update': {
		who: 'learner',
		input: ({ seats }) => ({
			seatId: seats.learner,
			handRaised: true,
			peerId: createId(),
			deviceTrouble: { camera: 'gone' },
			shows: { somebody: 'large' }
		})
	},
	'room.signal': {
		who: 'learner',
		input: ({ seats }) => ({ seatId: seats.learner, toSeatId: seats.mentor, data: 'candidate' }),
		passesOn: true,
		atOnce: 20
	},
	'company.ask': {
		who: 'mentor',
		input: ({ seats, lesson }) => ({
			seatId: seats.mentor,
			what: 'lowerHand',
			userId: lesson.learners[1]!.id
		}),
		passesOn: true,
		atOnce: 3
	},
	'company.react': {
		who: 'learner',
		input: ({ seats }) => ({ seatId: seats.learner, reaction: 'clap' }),
		passesOn: true,
		atOnce: 3
	},
	'company.caption': {
		who: 'learner',
		input: ({ seats }) => ({ seatId: seats.learner, caption: { utterance: 1, text: 'So', final: true } }),
		passesOn: true,
		atOnce: 3
	},
	'room.extend': {
		who: 'mentor',
		input: () => ({ clientId: createId(), minutes: 10 }),
		other: () => ({ minutes: 5 })
	},
	'room.leaveSeat': { who: 'other', input: ({ seats }) => ({ seatId: seats.other }) },
	'company.remove': {
		who: 'mentor',
		input: ({ lesson }) => ({ clientId: createId(), userId: lesson.learners[1]!.id }),
		other: ({ lesson }) => ({ userId: lesson.learners[0]!.id })
	},
	'company.readmit': {
		who: 'mentor',
		input: ({ lesson }) => ({ clientId: createId(), userId: lesson.learners[1]!.id }),
		other: ({ lesson }) => ({ userId: lesson.learners[0]!.id })
	},
	'room.end': { who: 'mentor', input: () => ({}) },
	'feedback.save': {
		who: 'learner',
		input: ({ lesson }) => ({ ratings: [{ rateeId: lesson.mentor.id, stars: 4, comment: 'Clear.' }] })
	},
	'resources.remove': { who: 'mentor', input: ({ fileId }) => ({ id: fileId }) },
	'notifications.markRead': { who: 'learner', input: () => ({ ids: [EARLIER] }), ownOnly: true },
	'notifications.setChoice': {
		who: 'learner',
		input: () => ({ kind: 'material-added', wanted: false }),
		ownOnly: true
	}
};

const mutations = Object.entries(
	appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
).flatMap(([path, { _def }]) => (_def.type === 'mutation' ? [path] : []));

let world: World;
let lesson: Lesson;
let fileId: string;
const clients = {} as Record<Who, LiveClient>;
const seats = { mentor: createId(), learner: createId(), other: createId() };

beforeAll(async () => {
	world = await startWorld();
	lesson = await afterAnother(
		await world.classroom({ names: ['Grace Hopper', 'Alan Turing', 'Ada Lovelace'] })
	);
	const [learner, other] = lesson.learners;
	await tell(learner!.id);
	for (const [who, person] of [
		['mentor', lesson.mentor],
		['learner', learner!],
		['other', other!]
	] as const) {
		clients[who] = openClient(world.url, person);
		const seat = clients[who].followLive(lesson, { seatId: seats[who] });
		await until(() => expect(seat.people().map(({ seatId }) => seatId)).toContain(seats[who]));
	}
});
afterAll(async () => {
	await Promise.all(Object.values(clients).map((client) => client.close()));
	await world.close();
});

/** Another lesson of the same people, with something on the board of the one before. */
async function afterAnother(before: Lesson): Promise<Lesson> {
	const { trpc, close } = openClient(world.url, before.mentor);
	const { roomCode } = before;
	await trpc.room.start.mutate({ roomCode });
	await trpc.board.put.mutate({ roomCode, elements: [anElement('text', { id: 'drawn-before' })] });
	await trpc.room.end.mutate({ roomCode });
	await close();
	return world.classroom({ mentor: before.mentor, learners: before.learners });
}

/** Puts a notification into the list of a person, as if it had been there for long. */
async function tell(userId: string): Promise<void> {
	const { transact, tables } = world.store;
	await transact(function* (tx) {
		const row = {
			...{ id: EARLIER, userId, seq: 0, uniqueKey: EARLIER, readAt: null },
			...{ kind: 'session-missed' as const, payload: { roomCode: 'long-ago', title: 'Long ago' } },
			createdAt: new Date(0)
		};
		yield tx.insert(tables.notifications).values(row).returning();
	});
}

function call(client: LiveClient, path: string, input: unknown): Promise<unknown> {
	type Loose = Record<string, Record<string, { mutate(input: unknown): Promise<unknown> }>>;
	const [module = '', name = ''] = path.split('.');
	return (client.trpc as unknown as Loose)[module]![name]!.mutate(input);
}

const notifications = () => world.store.db.select().from(world.store.tables.notifications);

/** Everything that a mutation could have changed: what is stored, and who is there in what state. */
async function everything() {
	const watching = clients.mentor.followLive(lesson, { seated: false });
	await until(() => expect(watching.got).not.toEqual([]));
	const people = watching.people();
	watching.stop();
	const ratings = (await world.ratings(lesson)).map(({ updatedAt: _, ...rating }) => rating);
	const files = await clients.mentor.trpc.resources.list.query({ roomCode: lesson.roomCode });
	return {
		...{ ratings, files, people, session: await world.session(lesson), log: await world.log(lesson) },
		stays: (await world.attendance(lesson)).map(({ heartbeatAt: _, ...stay }) => stay),
		ledger: await world.ledger(lesson),
		board: await boardInTable(world, lesson),
		// Others come while this runs: lessons end here.
		earlier: (await notifications()).filter(({ id }) => id === EARLIER),
		choices: await clients.learner.trpc.notifications.choices.query(),
		// Work that fell due is done meanwhile, by itself.
		jobs: (await world.jobs(lesson)).map(({ uniqueKey }) => uniqueKey)
	};
}

test('[T3] every mutation has its row, and every row its mutation', () => {
	expect(mutations.sort()).toEqual(Object.keys(ROWS).sort());
});

test.each(Object.entries(ROWS))(
	'[T3] [B8] %s: repeated it answers the same and has one effect, whatever else its id is sent with',
	async (path, { who, input, passesOn, atOnce = 100, other, ownOnly }) => {
		const client = clients[who];
		if (path === 'resources.remove') fileId = await upload();
		const of = { seats, lesson, fileId };
		const given = { ...(ownOnly ? {} : { roomCode: lesson.roomCode }), ...input(of) };
		const untouched = await everything();
		const first = await call(client, path, given);
		const after = await everything();
		if (passesOn) expect(after).toEqual(untouched);
		else expect(after).not.toEqual(untouched);

		// Once more, a hundred times at once, and by another connection of the same person.
		expect(await call(client, path, given)).toEqual(first);
		const answers = await Promise.all(Array.from({ length: atOnce }, () => call(client, path, given)));
		expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(first))).toBe(true);
		const person = { mentor: lesson.mentor, learner: lesson.learners[0]!, other: lesson.learners[1]! }[who];
		const another = openClient(world.url, person);
		expect(await call(another, path, given)).toEqual(first);
		await another.close();
		expect(await everything()).toEqual(after);

		// The same id with something else in it: the first stays, and it is said.
		expect('clientId' in given).toBe(other !== undefined);
		if (!other) return;
		expect(await outcome(call(client, path, { ...given, ...other(of) }))).toBe('id-conflict');
		expect(await everything()).toEqual(after);
	}
);

async function upload(): Promise<string> {
	const notes = new Uint8Array(Buffer.from('Notes of the lesson'));
	return (await fileUploads(world.url, lesson, lesson.mentor).handOver('notes.txt', notes)).id;
}
