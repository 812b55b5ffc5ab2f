import { feedbackSchema } from '../../shared/formSchemas.ts';
import { inSession, router } from '../trpc/procedures.ts';

export const feedbackRouter = router({
	save: inSession.input(feedbackSchema).mutation(async ({ ctx, input }) => {
		await ctx.app.feedback.save(input.roomCode, ctx.user, input.ratings);
		return { ok: true as const };
	}),
	/** What I said, and what I may read of what was said about me. */
	mine: inSession.query(({ ctx, input }) => ctx.app.feedback.pairs(input.roomCode, ctx.user))
});
