import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { z } from 'zod';
import { OverlapsNext } from '../../shared/nextSession.ts';
import { Refusal, REFUSALS, type RefusalReason } from '../../shared/refusals.ts';
import type { SubscriptionCount } from '../socketLimits.ts';
import type { Context } from './context.ts';

const t = initTRPC.context<Context>().create({
	// Clients decide by `reason`; stacks and database words stay here.
	errorFormatter: ({ shape, error }) => {
		const reason = reasonOf(error);
		const { cause } = error;
		return {
			...shape,
			message: cause instanceof Refusal ? cause.message : REFUSALS[reason],
			data: { code: shape.data.code, reason, ...(cause instanceof OverlapsNext ? { next: cause.next } : {}) }
		};
	},
	sse: { enabled: false }
});

export const { router, createCallerFactory } = t;

/** Refusals of services become errors of the protocol, here and nowhere else. */
const open = t.procedure.use(async ({ next }) => {
	const result = await next();
	if (!result.ok && result.error.cause instanceof Refusal) {
		const refusal = result.error.cause;
		throw new TRPCError({ code: codeOf(refusal.reason), message: refusal.message, cause: refusal });
	}
	return result;
});

/** So many calls and subscriptions as a page of ours makes, and some more (spec S3). */
const limited = open.use(async ({ ctx, path, type, next }) => {
	if (!ctx.mayCall(path)) throw new Refusal('too-many');
	if (type !== 'subscription') return next();
	if (!ctx.subscriptions.begin()) throw new Refusal('too-many');
	const result = await next();
	if (!result.ok || !isFollowed(result.data)) {
		ctx.subscriptions.end();
		return result;
	}
	return { ...result, data: countedWhile(result.data, ctx.subscriptions) };
});

function isFollowed(data: unknown): data is AsyncIterable<unknown> {
	return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

/** The same, given back when it is over, however it ends. */
async function* countedWhile(
	data: AsyncIterable<unknown>,
	count: SubscriptionCount
): AsyncGenerator<unknown> {
	try {
		yield* data;
	} finally {
		count.end();
	}
}

/** Only with a valid login. Every procedure starts from here; there is none for signed-out people. */
export const signedIn = limited.use(({ ctx, next }) => {
	if (!ctx.user) throw new Refusal('signed-out');
	return next({ ctx: { ...ctx, user: ctx.user } });
});

/** A room code as it may appear in an input; unknown ones are refused by `inSession`. */
export const roomCodeInput = z.string().min(1).max(64);

/** Only members of the session named by `roomCode`. Strangers and unknown rooms get the same answer. */
export const inSession = signedIn
	.input(z.object({ roomCode: roomCodeInput }))
	.use(async ({ ctx, input, next }) => {
		const { session, member } = await ctx.app.sessions.membership(input.roomCode, ctx.user);
		return next({ ctx: { ...ctx, session, member } });
	});

/** Only the session's mentor. */
export const mentorOfSession = inSession.use(({ ctx, next }) => {
	if (ctx.member.role !== 'mentor') throw new Refusal('not-mentor');
	return next({ ctx });
});

/** What people are told of an error. */
export function reasonOf(error: TRPCError): RefusalReason {
	if (error.cause instanceof Refusal) return error.cause.reason;
	switch (error.code) {
		case 'BAD_REQUEST':
		case 'PARSE_ERROR':
			return 'bad-input';
		case 'NOT_FOUND':
			return 'not-found';
		case 'UNAUTHORIZED':
			return 'signed-out';
		case 'PAYLOAD_TOO_LARGE':
			return 'too-large';
		case 'TOO_MANY_REQUESTS':
			return 'too-many';
		default:
			return 'internal';
	}
}

const CODES: Partial<Record<RefusalReason, TRPC_ERROR_CODE_KEY>> = {
	'signed-out': 'UNAUTHORIZED',
	'bad-csrf': 'FORBIDDEN',
	'not-mentor': 'FORBIDDEN',
	'not-found': 'NOT_FOUND',
	'bad-input': 'BAD_REQUEST',
	'too-many': 'TOO_MANY_REQUESTS',
	'too-large': 'PAYLOAD_TOO_LARGE',
	'id-conflict': 'CONFLICT',
	internal: 'INTERNAL_SERVER_ERROR'
};

function codeOf(reason: RefusalReason): TRPC_ERROR_CODE_KEY {
	return CODES[reason] ?? 'PRECONDITION_FAILED';
}
