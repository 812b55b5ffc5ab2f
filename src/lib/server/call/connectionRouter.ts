import { router, signedIn } from '../trpc/procedures.ts';

/** What concerns calls and no session. */
export const connectionRouter = router({
	/** To try one's connection, days before a lesson too. Refusal `too-many`. */
	checkTicket: signedIn.query(({ ctx }) => ctx.app.connectionChecks.make(ctx.user.id, ctx.loginKey))
});
