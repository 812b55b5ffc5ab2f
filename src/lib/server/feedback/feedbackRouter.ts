import { z } from 'zod';
import { inSession, router } from '../trpc/procedures.ts';
import { ratingsInput } from './feedbackService.ts';

export const feedbackRouter = router({
	save: inSession.input(z.object({ ratings: ratingsInput })).mutation(async ({ ctx, input }) => {
		await ctx.app.feedback.save(input.roomCode, ctx.user, input.ratings);
		return { ok: true as const };
	}),
	mine: inSession.query(({ ctx, input }) => ctx.app.feedback.mine(input.roomCode, ctx.user))
});
