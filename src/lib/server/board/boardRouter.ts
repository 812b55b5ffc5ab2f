import { tracked } from '@trpc/server';
import { z } from 'zod';
import { boardPutSchema, drawSchema } from '../../shared/boardSchemas.ts';
import { Refusal } from '../../shared/refusals.ts';
import { CURSOR, readCursor, writeCursor, type Cursor } from '../roomLog/cursor.ts';
import { CLIENT_ID } from '../roomLog/roomLogService.ts';
import { inSession, mentorOfSession, roomCodeInput, router } from '../trpc/procedures.ts';

const OK = { ok: true } as const;
const roomCode = roomCodeInput;

/** As for `room.log`. */
const followInput = z.strictObject({
	roomCode,
	after: z.number().int().nonnegative().optional(),
	lastEventId: z.string().regex(CURSOR).nullish()
});

/** The whiteboard of a session. Pictures go over HTTP. */
export const boardRouter = router({
	/**
	 * The whole board without what was deleted (but for pages, on which something may be), then each change, in batches of elements in the order of `seq`, every
	 * one tracked and none larger than 32 kB. One empty batch, at each opening, says that everything from before has
	 * come. Refusal `log-restored`: the reader has seen what is not on the board (any more) and must start from the
	 * beginning.
	 */
	follow: inSession.input(followInput).subscription(async function* ({ ctx, input }) {
		const { board } = ctx.app;
		const { until } = ctx.following;
		const cursor: Cursor = input.lastEventId
			? readCursor(input.lastEventId)
			: { seq: input.after ?? 0, at: null };
		if (!(await board.holds(ctx.session.id, cursor))) throw new Refusal('log-restored');
		let place = input.lastEventId ?? String(cursor.seq);
		for await (const changes of board.follow(ctx.session, cursor.seq, until)) {
			const newest = changes.at(-1);
			if (newest) place = writeCursor(newest);
			yield tracked(
				place,
				changes.map(({ element }) => element)
			);
			await ctx.caughtUp(until);
		}
	}),

	/**
	 * Answers after the commit: for each element what stands now. A winner itself comes by `follow`. One after the other:
	 * calls made at once share a frame, and a frame of more than 64 kB ends the connection.
	 */
	put: inSession
		.input(z.strictObject({ roomCode, elements: boardPutSchema }))
		.mutation(({ ctx, input }) => ctx.app.board.put(ctx.session, ctx.member, input.elements)),

	/** Shows on the others' boards at once and is kept nowhere. */
	draw: inSession.input(drawSchema.extend({ roomCode })).mutation(async ({ ctx, input }) => {
		await ctx.app.board.draw(ctx, input);
		return OK;
	}),

	lock: mentorOfSession
		.input(z.strictObject({ roomCode, clientId: z.string().regex(CLIENT_ID), locked: z.boolean() }))
		.mutation(async ({ ctx, input }) => {
			await ctx.app.board.lock(ctx.session, ctx.user.id, input.clientId, input.locked);
			return OK;
		}),

	/** The board of the last lesson with these people; null where there is none. */
	last: mentorOfSession
		.input(z.strictObject({ roomCode }))
		.query(({ ctx }) => ctx.app.board.last(ctx.session)),

	continueLast: mentorOfSession.input(z.strictObject({ roomCode })).mutation(async ({ ctx }) => {
		await ctx.app.board.continueLast(ctx.session, ctx.user.id);
		return OK;
	})
});
