import { z } from 'zod';
import { CAPTION_MAX_CHARACTERS } from '../../shared/captions.ts';
import { HOST_REQUESTS } from '../../shared/hosting.ts';
import { REACTION_NAMES } from '../../shared/reactions.ts';
import { CLIENT_ID } from '../roomLog/roomLogService.ts';
import { inSession, mentorOfSession, roomCodeInput, router } from '../trpc/procedures.ts';

const OK = { ok: true } as const;
const id = z.string().regex(CLIENT_ID);
const userId = z.string().min(1).max(64);
/** The sender's own seat. */
const fromSeat = { roomCode: roomCodeInput, seatId: id };

const captionInput = z.strictObject({
	...fromSeat,
	caption: z.strictObject({
		utterance: z.number().int().nonnegative(),
		text: z
			.string()
			.min(1)
			.max(CAPTION_MAX_CHARACTERS)
			.transform((text) => text.replaceAll('\0', '').toWellFormed()),
		final: z.boolean()
	})
});
const removalInput = z.strictObject({ roomCode: roomCodeInput, clientId: id, userId });

/** What people in a session do to each other. Captions and reactions are passed on and kept nowhere. */
export const companyRouter = router({
	/** One person's page, or with null everybody else's, is asked to do something. Answers how many were asked. */
	ask: mentorOfSession
		.input(z.strictObject({ ...fromSeat, what: z.enum(HOST_REQUESTS), userId: userId.nullable() }))
		.mutation(({ ctx, input }) => ({ asked: ctx.app.company.ask(ctx, input) })),

	remove: mentorOfSession.input(removalInput).mutation(async ({ ctx, input }) => {
		await ctx.app.removals.remove(ctx.session, { ...input, by: ctx.user.id });
		return OK;
	}),

	readmit: mentorOfSession.input(removalInput).mutation(async ({ ctx, input }) => {
		await ctx.app.removals.readmit(ctx.session, { ...input, by: ctx.user.id });
		return OK;
	}),

	react: inSession
		.input(z.strictObject({ ...fromSeat, reaction: z.enum(REACTION_NAMES) }))
		.mutation(({ ctx, input }) => {
			ctx.app.company.react(ctx, input);
			return OK;
		}),

	caption: inSession.input(captionInput).mutation(({ ctx, input }) => {
		ctx.app.company.caption(ctx, input);
		return OK;
	})
});
