import { feedbackSchema } from '../../shared/formSchemas.ts';
import { inSession, router } from '../trpc/procedures.ts';

export const feedbackRouter = router({
	save: inSession.input(feedbackSchema).mutation(async ({ ctx, input }) => {
		await ctx.app.feedback.save(input.roomCode, ctx.user, input.ratings);
		return { ok: true as const };
	}),
	mine: inSession.query(({ ctx, input }) => ctx.app.feedback.mine(input.roomCode, ctx.user))
});
