import { tracked } from '@trpc/server';
import { z } from 'zod';
import { NOTIFICATIONS_PER_PAGE, OPTIONAL_KINDS } from '../../shared/notification.ts';
import { CLIENT_ID } from '../roomLog/roomLogService.ts';
import { roomCodeInput, router, signedIn } from '../trpc/procedures.ts';

const OK = { ok: true } as const;
/** Of one call; what is older is marked by its place. */
const IDS_MAX = 100;

const seq = z.number().int().nonnegative();

/** `lastEventId` is the id of the last message a page has; tRPC adds it by itself. */
const followInput = z.strictObject({
	lastEventId: z
		.string()
		.regex(/^\d{1,15}$/)
		.nullish()
});
const readInput = z.union([
	z.strictObject({ ids: z.array(z.string().regex(CLIENT_ID)).min(1).max(IDS_MAX) }),
	z.strictObject({ upTo: seq }),
	z.strictObject({ roomCode: roomCodeInput })
]);

/** Everybody's own notifications: whose they are is never asked, it is whoever is signed in. */
export const notificationsRouter = router({
	/** The durable part, every message tracked, so that tRPC resumes where it was cut off. */
	follow: signedIn.input(followInput).subscription(async function* ({ ctx, input }) {
		const { until } = ctx.following;
		const after = input.lastEventId ? Number(input.lastEventId) : null;
		for await (const { upTo, ...news } of ctx.app.personFeed.follow(ctx.user.id, after, until)) {
			yield tracked(String(upTo), news);
			await ctx.caughtUp(until);
		}
	}),

	/** The passing part: nothing tracked. */
	nudges: signedIn.subscription(async function* ({ ctx }) {
		const { until } = ctx.following;
		for await (const nudge of ctx.app.personFeed.nudges(ctx.user.id, until)) {
			yield nudge;
			await ctx.caughtUp(until);
		}
	}),

	page: signedIn
		.input(z.strictObject({ before: seq.optional() }))
		.query(({ ctx, input }) =>
			ctx.app.notifications.page(ctx.user.id, input.before ?? null, NOTIFICATIONS_PER_PAGE)
		),

	markRead: signedIn.input(readInput).mutation(async ({ ctx, input }) => {
		await ctx.app.notifications.markRead(ctx.user.id, input);
		return OK;
	}),

	choices: signedIn.query(({ ctx }) => ctx.app.notifications.choicesOf(ctx.user.id)),

	setChoice: signedIn
		.input(z.strictObject({ kind: z.enum(OPTIONAL_KINDS), wanted: z.boolean() }))
		.mutation(async ({ ctx, input }) => {
			await ctx.app.notifications.setChoice(ctx.user.id, input.kind, input.wanted);
			return OK;
		})
});
