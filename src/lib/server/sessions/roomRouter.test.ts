import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { App } from '../createApp.ts';
import { createPresence, type Presence } from '../presence/presenceService.ts';
import { unlimited } from '../trpc/context.ts';
import { createCallerFactory } from '../trpc/procedures.ts';
import { planLesson, type Lesson } from './lessonFixture.ts';
import { roomRouter } from './roomRouter.ts';

let lesson: Lesson;
let presence: Presence;
let roomCode: string;

beforeEach(async () => {
	lesson = await planLesson({ gatherMs: 0 });
	presence = createPresence({
		...lesson,
		now: lesson.time.now,
		timers: lesson.time,
		onError(error) {
			throw error;
		}
	});
	roomCode = (await lesson.session()).roomCode;
});
afterEach(async () => {
	await presence.close();
	await lesson.close();
});

function as(id: string | null, signal?: AbortSignal) {
	const { sessions, roomLog } = lesson;
	const tickets = {
		make: ({ userId }: { userId: string }, seatId: string) => ({ token: `${userId} ${seatId}` })
	};
	// Only what this router asks of the app.
	const app = { sessions, roomLog, presence, tickets } as unknown as App;
	const user: SignedInUser | null = id
		? { id, name: id, email: `${id}@x.test`, role: 'mentor', timeZone: 'UTC' }
		: null;
	return createCallerFactory(roomRouter)(
		{ app, user, ...unlimited, caughtUp: async () => undefined },
		{ signal }
	);
}

type Caller = ReturnType<typeof as>;
const media = { microphone: true, camera: false, screen: false };

/** Every procedure of a room, with input that is right. */
const CALLS: Record<string, (caller: Caller) => Promise<unknown>> = {
	state: (caller) => caller.state({ roomCode }),
	log: (caller) => caller.log({ roomCode }),
	live: (caller) => caller.live({ roomCode, seatId: 's', seated: true }),
	say: (caller) => caller.say({ roomCode, clientId: 'c', text: 'Hello' }),
	update: (caller) => caller.update({ roomCode, seatId: 's', media }),
	signal: (caller) => caller.signal({ roomCode, seatId: 's', toSeatId: 't', data: 'x' }),
	leaveSeat: (caller) => caller.leaveSeat({ roomCode, seatId: 's' }),
	callTicket: (caller) => caller.callTicket({ roomCode, seatId: 's' }),
	start: (caller) => caller.start({ roomCode }),
	end: (caller) => caller.end({ roomCode }),
	extend: (caller) => caller.extend({ roomCode, clientId: 'x', minutes: 5 })
};

function refusal(reason: string): unknown {
	return expect.objectContaining({ cause: expect.objectContaining({ reason }) as unknown });
}

describe('who may call', () => {
	test('[S1] this test knows every procedure', () => {
		expect(Object.keys(CALLS).concat('clock').sort()).toEqual(Object.keys(roomRouter._def.record).sort());
	});

	test.each(Object.keys(CALLS))('[S1] %s: signed-out people and strangers get nothing', async (name) => {
		await expect(CALLS[name]?.(as(null))).rejects.toEqual(refusal('signed-out'));
		// A mentor by profession, but not in this session.
		await expect(CALLS[name]?.(as('omar'))).rejects.toEqual(refusal('not-found'));
		expect(await lesson.roomLog.readAll((await lesson.session()).id)).toEqual([]);
	});

	test.each(['start', 'end', 'extend'])('[E1] %s is for the mentor of this session', async (name) => {
		await expect(CALLS[name]?.(as('liam'))).rejects.toEqual(refusal('not-mentor'));
		expect((await lesson.session()).status).toBe('scheduled');
	});
});

describe('a room', () => {
	test('[T4] signals go between seats of a session that is not over, and no further than allowed', async () => {
		const abort = new AbortController();
		const sit = async (who: string, seatId: string) => {
			const live = await as(who, abort.signal).live({ roomCode, seatId, seated: true });
			const messages = live[Symbol.asyncIterator]();
			await messages.next();
			return messages;
		};
		const liams = await sit('liam', 'l');
		const mayas = await sit('maya', 'm');
		const signal = (seatId: string, toSeatId: string, data = 'offer') =>
			as('maya').signal({ roomCode, seatId, toSeatId, data });
		// In the lobby, where the path is rehearsed, as in the room.
		expect(await signal('m', 'l')).toEqual({ ok: true });
		await as('maya').start({ roomCode });
		expect(await signal('m', 'l')).toEqual({ ok: true });
		await expect(signal('l', 'm')).rejects.toEqual(refusal('no-seat'));
		await expect(signal('m', 'nobody')).rejects.toEqual(refusal('not-found'));
		await expect(signal('m', 'l', 'x'.repeat(24_001))).rejects.toMatchObject({ code: 'BAD_REQUEST' });

		let heard = await liams.next();
		while (!heard.done && heard.value.type !== 'signal') heard = await liams.next();
		expect(heard.value).toEqual({ type: 'signal', fromUserId: 'maya', fromSeatId: 'm', data: 'offer' });
		// Somebody who does not read gets no more than a few.
		const sent = await Promise.allSettled(Array.from({ length: 80 }, () => signal('m', 'l')));
		expect(sent.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(64);
		expect(sent.at(-1)).toMatchObject({ reason: refusal('too-many') });

		await as('maya').end({ roomCode });
		await expect(signal('m', 'l')).rejects.toEqual(refusal('session-over'));
		abort.abort();
		await Promise.all([liams.return?.(undefined), mayas.return?.(undefined)]);
	});

	test('[M3] what a page says about its line reaches the others, and nothing else does in its place', async () => {
		const abort = new AbortController();
		const live = await as('maya', abort.signal).live({ roomCode, seatId: 'm', seated: true });
		const messages = live[Symbol.asyncIterator]();
		await messages.next();
		const line = {
			...{ sending: 'poor', receiving: 'good', server: 'excellent', reason: 'bandwidth' },
			pausedFor: ['liam']
		} as const;
		const tell = (wrong: Record<string, unknown>) =>
			as('maya').update({ roomCode, seatId: 'm', line: { ...line, pausedFor: ['liam'], ...wrong } as never });
		for (const wrong of [
			{ sending: 'lost' },
			{ reason: 'weather' },
			{ pausedFor: ['<b>'] },
			{ pausedFor: Array.from({ length: 17 }, (_, nth) => `p${nth}`) },
			{ extra: true }
		])
			await expect(tell(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
		await tell({});
		await lesson.time.advance(20);
		expect((await messages.next()).value).toMatchObject({ participants: [{ userId: 'maya', line }] });
		abort.abort();
		await messages.return?.(undefined);
	});

	test('[F1] goes from start to end, each as often as it is asked', async () => {
		const maya = as('maya');
		for (const call of [maya.start, maya.start]) expect(await call({ roomCode })).toEqual({ ok: true });
		expect(await maya.extend({ roomCode, clientId: 'x', minutes: 10 })).toEqual({ ok: true });
		for (const call of [maya.end, maya.end]) expect(await call({ roomCode })).toEqual({ ok: true });
		expect((await maya.state({ roomCode })).session.status).toBe('completed');
	});

	test('[X1] text is kept as it was said, but for what no database keeps', async () => {
		const said = await as('liam').say({ roomCode, clientId: 'c', text: ' a\0\nb\ud800 <b>\u202e ' });
		expect(said).toMatchObject({
			seq: 1,
			actorId: 'liam',
			type: 'chat.message',
			payload: { text: 'a\nb\ufffd <b>\u202e' }
		});
		expect(await as('liam').say({ roomCode, clientId: 'c', text: ' a\0\nb\ud800 <b>\u202e ' })).toEqual(said);
	});

	test('[T3] the log resumes after the last entry the page has', async () => {
		for (const clientId of ['a', 'b', 'c']) await as('liam').say({ roomCode, clientId, text: clientId });
		const abort = new AbortController();
		const first = async (input: { after?: number; lastEventId?: string | null }) => {
			const batches = await as('maya', abort.signal).log({ roomCode, ...input });
			for await (const batch of batches) return batch;
			return null;
		};
		const at = lesson.time.now();
		const upToC = (...clientIds: string[]) => [
			`3.${at}`,
			clientIds.map((clientId) => ({ clientId })),
			expect.anything()
		];
		expect(await first({})).toMatchObject(upToC('a', 'b', 'c'));
		expect(await first({ after: 1 })).toMatchObject(upToC('b', 'c'));
		for (const lastEventId of ['2', `2.${at}`])
			expect(await first({ after: 1, lastEventId })).toMatchObject(upToC('c'));
		// After a restored backup: an entry that never came to be, and another one in the place of the one that was.
		for (const lastEventId of ['4', `4.${at}`, `2.${at + 1}`])
			await expect(first({ lastEventId })).rejects.toMatchObject({
				...{ code: 'PRECONDITION_FAILED', cause: { reason: 'log-restored' } }
			});
	});

	test('[S4] call tickets are for the page that holds the seat', async () => {
		const abort = new AbortController();
		const live = await as('liam', abort.signal).live({ roomCode, seatId: 'l1', seated: true });
		for await (const message of live) {
			expect(message).toMatchObject({ participants: [{ userId: 'liam', role: 'learner' }] });
			break;
		}
		expect(await as('liam').callTicket({ roomCode, seatId: 'l1' })).toMatchObject({ token: 'liam l1' });
		await expect(as('liam').callTicket({ roomCode, seatId: 'l2' })).rejects.toEqual(refusal('no-seat'));
		await expect(as('aisha').callTicket({ roomCode, seatId: 'l1' })).rejects.toEqual(refusal('no-seat'));
	});

	test('[B3] whatever is sent, the answer is a result or a refusal with its reason', async () => {
		const anything = fc.anything({ withNullPrototype: false, maxDepth: 2 });
		const near = fc.record(
			{
				roomCode: fc.constant(null),
				seatId: anything,
				clientId: anything,
				text: anything,
				minutes: anything
			},
			{ requiredKeys: [] }
		);
		const names = fc.constantFrom(...(Object.keys(roomRouter._def.record) as (keyof Caller)[]));
		await fc.assert(
			fc.asyncProperty(names, fc.oneof(anything, near), async (name, given) => {
				const input =
					given && typeof given === 'object' && 'roomCode' in given ? { ...given, roomCode } : given;
				const call = as('maya')[name] as unknown as (input: unknown) => Promise<unknown>;
				const code = await call(input).then(
					() => null,
					(error: { code: string }) => error.code
				);
				expect(code).not.toBe('INTERNAL_SERVER_ERROR');
			}),
			{ numRuns: 300 }
		);
	}, 60_000);
});
