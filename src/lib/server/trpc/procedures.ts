import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { z } from 'zod';
import { OverlapsNext } from '../../shared/nextSession.ts';
import { Refusal, REFUSALS, type RefusalReason } from '../../shared/refusals.ts';
import type { Context } from './context.ts';
import { createFollowing } from './following.ts';

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

/** Refusals of services become errors of the protocol, here and nowhere else: before the first answer, and while one follows. */
const open = t.procedure.use(async ({ next }) => {
	const result = await next();
	if (!result.ok && result.error.cause instanceof Refusal) throw errorOf(result.error.cause);
	return result.ok && isFollowed(result.data) ? { ...result, data: followed(result.data) } : result;
});

async function* followed(data: AsyncIterable<unknown>): AsyncIterable<unknown> {
	try {
		yield* data;
	} catch (error) {
		throw error instanceof Refusal ? errorOf(error) : error;
	}
}

function errorOf(refusal: Refusal): TRPCError {
	return new TRPCError({ code: codeOf(refusal.reason), message: refusal.message, cause: refusal });
}

/** What a call follows, which is over when it is answered. */
const NOTHING = createFollowing(undefined);

/**
 * So many calls and subscriptions as a page of ours makes, and some more (spec S3). A subscription gives nothing any more once
 * its right, or the login, has ended (spec S2), whatever its procedure does.
 */
const limited = open.use(async ({ ctx, path, type, signal, next }) => {
	if (!ctx.mayCall(path)) throw new Refusal('too-many');
	if (type !== 'subscription') return next({ ctx: { following: NOTHING } });
	const following = createFollowing(signal);
	if (!ctx.subscriptions.begin()) throw new Refusal('too-many');
	following.whenOver(() => ctx.subscriptions.end());
	const result = await next({ ctx: { following } });
	if (result.ok && isFollowed(result.data))
		return { ...result, data: following.give(result.data, () => ctx.user !== null) };
	following.end();
	return result;
});

function isFollowed(data: unknown): data is AsyncIterable<unknown> {
	return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

/** Only with a valid login. Every procedure starts from here; there is none for signed-out people. */
export const signedIn = limited.use(({ ctx, next }) => {
	const { user } = ctx;
	if (!user) throw new Refusal('signed-out');
	return next({ ctx: { user } });
});

/** A room code as it may appear in an input; unknown ones are refused by `inSession`. */
export const roomCodeInput = z.string().min(1).max(64);

/**
 * Only members of the session named by `roomCode`, and subscriptions only as long as they are. Strangers and unknown rooms get
 * the same answer.
 */
export const inSession = signedIn
	.input(z.object({ roomCode: roomCodeInput }))
	.use(async ({ ctx, input, type, next }) => {
		const { user, following } = ctx;
		const { sessions } = ctx.app;
		let membership = await sessions.membership(input.roomCode, user);
		if (type === 'subscription') {
			following.whenOver(sessions.admit(membership, following.lose));
			// Once more, because a message may have come before anybody listened.
			membership = await sessions.membership(input.roomCode, user);
		}
		return next({ ctx: membership });
	});

/** Only the session's mentor. */
export const mentorOfSession = inSession.use(({ ctx, next }) => {
	if (ctx.member.role !== 'mentor') throw new Refusal('not-mentor');
	return next();
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
