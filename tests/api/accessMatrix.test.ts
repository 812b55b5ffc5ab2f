import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { appRouter } from '../../src/lib/server/trpc/appRouter.ts';
import { unlimited } from '../../src/lib/server/trpc/context.ts';
import { anElement } from '../../src/lib/shared/boardFixture.ts';
import { CALLERS as EVERYBODY } from './access/routeRow.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

/** No procedure is asked by anybody who is signed out: their socket is refused before the first one. */
const CALLERS = EVERYBODY.filter((caller) => caller !== 'signedOut');
type Caller = (typeof CALLERS)[number];

interface Row {
	/** What is sent beside the room code. `seat` is the one the caller holds, where they hold one; `absent` is not there. */
	input?: (of: { seat: string; other: Person; otherSeat: string; absent: Person }) => Record<string, unknown>;
	/** What comes of it: `ok` or the reason of the refusal. Unknown rooms must answer as for a stranger. */
	expected: Record<Caller, string>;
	/** Concerns no session: whoever is signed in may. */
	anybody?: true;
}

const members = (over: string) => ({
	stranger: 'not-found',
	otherMentor: 'not-found',
	removed: 'removed',
	learner: 'ok',
	mentor: 'ok',
	overLearner: over,
	overMentor: over
});
const mentorOnly = (over: string) => ({
	...members(over),
	learner: 'not-mentor',
	overLearner: 'not-mentor'
});
const everybody = Object.fromEntries(CALLERS.map((caller) => [caller, 'ok'])) as Row['expected'];

/** A procedure without a row here fails the first test (spec S1). */
const MATRIX: Record<string, Row> = {
	// Also tells who was removed that they are.
	'room.state': { expected: { ...members('ok'), removed: 'ok' } },
	'room.clock': { expected: everybody, anybody: true },
	'room.log': { expected: members('ok') },
	'room.live': { input: () => ({ seatId: createId(), seated: false }), expected: members('ok') },
	'room.say': { input: () => ({ clientId: createId(), text: 'hi' }), expected: members('session-over') },
	'room.update': {
		input: ({ seat }) => ({ seatId: seat, handRaised: true }),
		expected: members('no-seat')
	},
	'room.signal': {
		input: ({ seat, otherSeat }) => ({ seatId: seat, toSeatId: otherSeat, data: 'offer' }),
		expected: members('session-over')
	},
	'room.leaveSeat': { input: () => ({ seatId: createId() }), expected: members('ok') },
	'room.callTicket': { input: ({ seat }) => ({ seatId: seat }), expected: members('no-seat') },
	'room.start': { expected: mentorOnly('session-over') },
	'room.extend': {
		input: () => ({ clientId: createId(), minutes: 5 }),
		expected: mentorOnly('session-over')
	},
	'connection.checkTicket': { expected: everybody, anybody: true },
	'company.ask': {
		input: ({ seat }) => ({ seatId: seat, what: 'mute', userId: null }),
		expected: mentorOnly('session-over')
	},
	'company.remove': {
		input: ({ absent }) => ({ clientId: createId(), userId: absent.id }),
		expected: mentorOnly('session-over')
	},
	'company.readmit': {
		input: ({ absent }) => ({ clientId: createId(), userId: absent.id }),
		expected: mentorOnly('session-over')
	},
	'company.react': {
		input: ({ seat }) => ({ seatId: seat, reaction: 'clap' }),
		expected: members('session-over')
	},
	'company.caption': {
		input: ({ seat }) => ({ seatId: seat, caption: { utterance: 1, text: 'Hello', final: true } }),
		expected: members('session-over')
	},
	'board.follow': { expected: members('ok') },
	'board.last': { expected: mentorOnly('ok') },
	// Before anything is put there.
	'board.continueLast': { expected: mentorOnly('session-over') },
	'board.put': {
		input: () => ({ elements: [anElement('ellipse', { id: createId() })] }),
		expected: members('session-over')
	},
	'board.draw': {
		input: ({ seat }) => ({ seatId: seat, cursor: null }),
		expected: members('session-over')
	},
	'board.lock': {
		input: () => ({ clientId: createId(), locked: false }),
		expected: mentorOnly('session-over')
	},
	'feedback.save': {
		input: ({ other }) => ({ ratings: [{ rateeId: other.id, stars: 5, comment: '' }] }),
		expected: { ...members('ok'), learner: 'not-over', mentor: 'not-over' }
	},
	'feedback.mine': { expected: members('ok') },
	'resources.list': { expected: members('ok') },
	'resources.remove': { input: () => ({ id: createId() }), expected: mentorOnly('ok') },
	'notifications.follow': { expected: everybody, anybody: true },
	'notifications.nudges': { expected: everybody, anybody: true },
	'notifications.page': { expected: everybody, anybody: true },
	'notifications.markRead': { input: () => ({ upTo: 1_000 }), expected: everybody, anybody: true },
	'notifications.choices': { expected: everybody, anybody: true },
	'notifications.setChoice': {
		input: () => ({ kind: 'session-ended', wanted: true }),
		expected: everybody,
		anybody: true
	},
	// Last, because it ends the live session.
	'room.end': { expected: mentorOnly('ok') }
};

// Flat at run time (`room.say`), nested in the types.
const procedures = Object.entries(
	appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
);
const typeOf = (path: string) => procedures.find(([name]) => name === path)?.[1]._def.type ?? '';

let world: World;
let live: Lesson;
let over: Lesson;
const people = {} as Record<Caller, { person: Person; client: LiveClient; seat: string }>;

beforeAll(async () => {
	world = await startWorld();
	live = await world.classroom({ names: ['Grace', 'Alan', 'Ada', 'Edsger'] });
	over = await world.lesson({ ...live, learners: live.learners });
	const [stranger, otherMentor] = [await world.person('learner'), await world.person('mentor')];
	// Another mentor of other lessons, not merely somebody without any.
	await world.classroom({ mentor: otherMentor });
	const who: Record<Caller, Person> = {
		stranger,
		otherMentor,
		removed: live.learners[1]!,
		learner: live.learners[0]!,
		mentor: live.mentor,
		overLearner: live.learners[0]!,
		overMentor: live.mentor
	};
	for (const caller of CALLERS)
		people[caller] = { person: who[caller], client: openClient(world.url, who[caller]), seat: createId() };
	for (const caller of ['learner', 'mentor'] as const) {
		const { client, seat } = people[caller];
		const followed = client.followLive(live, { seatId: seat });
		// Only who was there rates and is rated afterwards.
		const before = client.followLive(over);
		await until(() => {
			for (const { people, seatId } of [{ ...followed, seatId: seat }, before])
				expect(people().map((one) => one.seatId)).toContain(seatId);
		});
	}
	const { room } = people.mentor.client.trpc;
	for (const { roomCode } of [live, over]) await room.start.mutate({ roomCode });
	const elements = [anElement('ellipse', { id: createId() })];
	await people.mentor.client.trpc.board.put.mutate({ roomCode: over.roomCode, elements });
	await room.end.mutate({ roomCode: over.roomCode });
	await people.mentor.client.trpc.company.remove.mutate({
		...{ roomCode: live.roomCode, clientId: createId() },
		userId: people.removed.person.id
	});
});
afterAll(async () => {
	await Promise.all(Object.values(people).map(({ client }) => client.close()));
	await world.close();
});

/** Calls any procedure by its path, as the client library would by its name. */
async function call(client: LiveClient, path: string, input: Record<string, unknown>): Promise<string> {
	type Loose = Record<string, Record<string, never>>;
	const [module = '', name = ''] = path.split('.');
	const procedure = (client.trpc as unknown as Loose)[module]![name] as unknown as {
		query(input: unknown): Promise<unknown>;
		mutate(input: unknown): Promise<unknown>;
		subscribe(input: unknown, handlers: object): { unsubscribe(): void };
	};
	if (typeOf(path) === 'query') return outcome(procedure.query(input));
	if (typeOf(path) === 'mutation') return outcome(procedure.mutate(input));
	return new Promise((done) => {
		const subscription = procedure.subscribe(input, {
			onStarted: () => finish('ok'),
			onData: () => finish('ok'),
			onError: (error: unknown) => void outcome(Promise.reject(error)).then(finish)
		});
		function finish(result: string) {
			// A refusal may come after the start: the subscription's first step decides.
			setTimeout(() => {
				subscription.unsubscribe();
				done(result);
			}, 0);
		}
	});
}

function inputOf(row: Row, caller: Caller, roomCode: string): Record<string, unknown> {
	const isMentor = people[caller].person.role === 'mentor';
	const other = isMentor ? live.learners[0]! : live.mentor;
	const otherSeat = people[isMentor ? 'learner' : 'mentor'].seat;
	return {
		...(row.anybody ? {} : { roomCode }),
		...row.input?.({ seat: people[caller].seat, other, otherSeat, absent: live.learners[2]! })
	};
}

test('[S1] every procedure has its row in the matrix, and every row its procedure', () => {
	const [known, rows] = [procedures.map(([path]) => path), Object.keys(MATRIX)];
	const advice = 'Say who may call it and what everybody else is answered: add a row to MATRIX above.';
	expect(
		known.filter((path) => !rows.includes(path)),
		advice
	).toEqual([]);
	expect(
		rows.filter((path) => !known.includes(path)),
		'These rows are about nothing any more.'
	).toEqual([]);
});

test.each(procedures.map(([path]) => path))('[S1] %s: signed out gets nothing', async (path) => {
	const caller = appRouter.createCaller({
		app: {} as never,
		user: null,
		...unlimited,
		caughtUp: async () => undefined
	});
	type Loose = Record<string, Record<string, (input: unknown) => Promise<AsyncIterable<unknown>>>>;
	const [module = '', name = ''] = path.split('.');
	const row = MATRIX[path];
	const input = row ? inputOf(row, 'mentor', live.roomCode) : { roomCode: live.roomCode };
	const called = (caller as unknown as Loose)[module]![name]!(input);
	await expect(called).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

describe.each(Object.entries(MATRIX))('[S1] %s', (path, row) => {
	test.each(CALLERS)('%s', async (caller) => {
		const { roomCode } = caller.startsWith('over') ? over : live;
		const result = await call(people[caller].client, path, inputOf(row, caller, roomCode));
		expect(result).toBe(row.expected[caller]);
	});

	test('a room that does not exist answers as one that is not yours', async () => {
		const input = inputOf(row, 'mentor', 'no-such-room-at-all');
		const result = await call(people.mentor.client, path, input);
		expect(result).toBe(row.expected.stranger);
	});
});
