import { setTimeout as delay } from 'node:timers/promises';
import { TRPCError } from '@trpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { appRouter } from '../../src/lib/server/trpc/appRouter.ts';
import { unlimited } from '../../src/lib/server/trpc/context.ts';
import { createCallerFactory } from '../../src/lib/server/trpc/procedures.ts';
import { Refusal } from '../../src/lib/shared/refusals.ts';
import { startWithin, type AppWithin, type Known, type PlanningDesk } from '../support/appWithin.ts';
import { ATTACKS, rounds } from '../support/rounds.ts';
import { attempts, fitting } from '../support/schemaArbitrary.ts';
import { isMeant, unsoundRows } from '../support/soundStore.ts';

const RUNS = rounds(60, 1_000);
/** Between two calls of one procedure, ms. */
const PACE = 25;
/** What a subscription has to say at once, it says within that, ms. */
const MOMENT = 3;

const procedures = Object.entries(
	appRouter._def.procedures as unknown as Record<string, { _def: { type: string; inputs: z.ZodType[] } }>
);

let within: AppWithin<Awaited<ReturnType<typeof plan>>>;
const leaving = new AbortController();
/** The seats that mentor and learner have in the lesson of each procedure. */
const SEATS = { mentor: 'seat-of-the-mentor', learner: 'seat-of-the-learner' };

async function plan(desk: PlanningDesk) {
	const mentor = await desk.person('mentor', 'Grace Hopper');
	const [learner, other] = [
		await desk.person('learner', 'Alan Turing'),
		await desk.person('learner', 'Ada Lovelace')
	];
	const stranger = await desk.person('mentor', 'Edsger Dijkstra');
	// One procedure ends its lesson, another one removes a learner from it.
	const lessons = new Map<string, string>();
	for (const [path] of procedures) lessons.set(path, await desk.lesson('live', mentor, [learner, other]));
	const over = await desk.lesson('live', mentor, [learner, other]);
	const planned = await desk.lesson('scheduled', mentor, [learner, other]);
	return {
		mentor,
		learner,
		other,
		stranger,
		lessons,
		over,
		planned,
		foreign: await desk.lesson('live', stranger, [other])
	};
}

type Call = (input: unknown) => Promise<unknown>;

function callerOf(path: string, { user }: Known, signal: AbortSignal): Call {
	const context = { app: within.app, user, ...unlimited, caughtUp: async () => undefined };
	const caller = createCallerFactory(appRouter)(context, { signal }) as unknown as Record<
		string,
		Record<string, Call>
	>;
	const [module = '', name = ''] = path.split('.');
	return caller[module]![name]!;
}

beforeAll(async () => {
	within = await startWithin(plan);
	const { mentor, learner, over, lessons } = within.planned;
	await callerOf('room.end', mentor, leaving.signal)({ roomCode: over });
	for (const roomCode of lessons.values())
		for (const who of [mentor, learner]) {
			const seatId = SEATS[who.user.role];
			const live = (await callerOf(
				'room.live',
				who,
				leaving.signal
			)({ roomCode, seatId, seated: true })) as AsyncGenerator;
			await live.next();
			void stay(live);
		}
});
afterAll(async () => {
	leaving.abort();
	await within.close();
});

/** Keeps a seat until it is taken away: one procedure does that. */
async function stay(live: AsyncGenerator): Promise<void> {
	try {
		for await (const _ of live);
	} catch (reason) {
		if (!(reason instanceof TRPCError && reason.cause instanceof Refusal)) throw reason;
	}
}

/** What came of a call: `ok`, or the reason of a refusal; whatever is neither is an error of ours and thrown. */
async function outcome(path: string, who: Known, input: unknown): Promise<string> {
	const stop = new AbortController();
	try {
		const result = await callerOf(path, who, stop.signal)(input);
		if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
			const said = (result as AsyncGenerator)[Symbol.asyncIterator]();
			await Promise.race([said.next(), delay(MOMENT)]);
			stop.abort();
			await said.return(undefined);
		}
		return 'ok';
	} catch (error) {
		const { cause, code } = error instanceof TRPCError ? error : {};
		if (cause instanceof Refusal && isMeant(cause.reason)) return cause.reason;
		if (code === 'BAD_REQUEST') return 'bad-input';
		throw new Error(`${path} is broken by ${JSON.stringify(input)}`, { cause: error });
	} finally {
		stop.abort();
	}
}

describe('[B3] every procedure, with what fits, what nearly fits and anything at all', () => {
	test.each(procedures)(
		'%s: done or refused with a reason, never an error of ours',
		async (path, { _def }) => {
			const { mentor, learner, other, stranger, lessons, over, planned, foreign } = within.planned;
			const known = {
				roomCode: [lessons.get(path)!, lessons.get(path)!, lessons.get(path)!, over, planned, foreign],
				...{ seatId: Object.values(SEATS), toSeatId: Object.values(SEATS) },
				...{ userId: [learner.user.id, other.user.id, null], rateeId: [mentor.user.id, learner.user.id] },
				...{ clientId: ['first', 'second'], pageId: ['p1'], lastEventId: ['0', '1', '999999', '1.5'] }
			};
			const parts = _def.inputs.map((schema) => fitting(schema, known));
			const input = attempts(
				fc.tuple(...parts).map((all) => (all.length === 1 ? all[0] : Object.assign({}, ...all)))
			);
			const outcomes: string[] = [];
			await fc.assert(
				fc.asyncProperty(input, fc.constantFrom(mentor, mentor, learner, stranger), async (given, who) => {
					within.skip(PACE);
					outcomes.push(await outcome(path, who, given));
				}),
				{ seed: ATTACKS, numRuns: RUNS, endOnFailure: true }
			);
			// Something got further than the first look.
			if (parts.length > 0) expect(new Set(outcomes)).toContain('bad-input');
			expect(outcomes.some((each) => each !== 'bad-input' && each !== 'not-found')).toBe(true);
		}
	);

	test('nothing is stored that should not be, and everything that is can be read', async () => {
		const { app, planned } = within;
		expect(await unsoundRows(app.store)).toEqual([]);
		expect(Object.keys(Object.prototype)).toEqual([]);
		const { mentor, lessons, over } = planned;
		for (const roomCode of [...lessons.values(), over]) {
			expect((await app.sessions.roomState(roomCode, mentor.user)).session.roomCode).toBe(roomCode);
			await app.recap.read(roomCode, mentor.user);
			await app.feedback.pairs(roomCode, mentor.user);
			await app.resources.list(roomCode, mentor.user);
		}
		await app.notifications.page(mentor.user.id, null, 100);
	});
});
