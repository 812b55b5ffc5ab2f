import { z } from 'zod';
import { inSession, router } from '../trpc/procedures.ts';

/** Uploading and downloading go over HTTP: sockets are for small things. */
export const resourcesRouter = router({
	list: inSession.query(({ ctx, input }) => ctx.app.resources.list(input.roomCode, ctx.user)),
	remove: inSession.input(z.object({ id: z.string().min(1).max(64) })).mutation(async ({ ctx, input }) => {
		await ctx.app.resources.remove(input.roomCode, ctx.user, input.id);
		return { ok: true as const };
	})
});
