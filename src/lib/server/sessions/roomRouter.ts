import { tracked } from '@trpc/server';
import { z } from 'zod';
import { CAPTION_GIVING } from '../../shared/captions.ts';
import { DEVICE_FAILURES } from '../../shared/deviceTrouble.ts';
import { chatTextSchema } from '../../shared/formSchemas.ts';
import { GRADES, PAUSED_FOR_MAX, QUALITY_REASONS } from '../../shared/lineReport.ts';
import { EXTENSION_MINUTES, SIGNAL_MAX_CHARACTERS } from '../../shared/limits.ts';
import { PICTURE_SIZES, PICTURE_SIZES_MAX } from '../../shared/pictureSizes.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import { CURSOR, readCursor, writeCursor, type Cursor } from '../roomLog/cursor.ts';
import { CLIENT_ID } from '../roomLog/roomLogService.ts';
import { inSession, mentorOfSession, roomCodeInput, router, signedIn } from '../trpc/procedures.ts';

const OK = { ok: true } as const;

const clientId = z.string().regex(CLIENT_ID);
const seatId = z.string().regex(CLIENT_ID);
const roomCode = roomCodeInput;

/** `after` of the first request; `lastEventId` is the id of the last entry a reader has, tRPC adds it by itself. */
const logInput = z.strictObject({
	roomCode,
	after: z.number().int().nonnegative().optional(),
	lastEventId: z.string().regex(CURSOR).nullish()
});
const lineReport = z.strictObject({
	sending: z.enum(GRADES),
	receiving: z.enum(GRADES),
	server: z.enum(GRADES),
	reason: z.enum(QUALITY_REASONS).nullable(),
	pausedFor: z.array(z.string().regex(CLIENT_ID)).max(PAUSED_FOR_MAX)
});
const shownSizes = z
	.record(z.string().regex(CLIENT_ID), z.enum(PICTURE_SIZES))
	.refine((sizes) => Object.keys(sizes).length <= PICTURE_SIZES_MAX);
const deviceTrouble = z
	.strictObject({
		camera: z.enum(DEVICE_FAILURES).optional(),
		microphone: z.enum(DEVICE_FAILURES).optional()
	})
	// One way to say that nothing is wrong.
	.transform((trouble) => (trouble.camera || trouble.microphone ? trouble : null));
const updateInput = z.strictObject({
	roomCode,
	seatId,
	peerId: z.string().regex(CLIENT_ID).nullable().optional(),
	media: z.strictObject({ microphone: z.boolean(), camera: z.boolean(), screen: z.boolean() }).optional(),
	handRaised: z.boolean().optional(),
	line: lineReport.nullable().optional(),
	shows: shownSizes.optional(),
	deviceTrouble: deviceTrouble.nullable().optional(),
	captions: z
		.strictObject({ wanted: z.boolean(), giving: z.enum(CAPTION_GIVING) })
		.nullable()
		.optional()
});

/** `overlapAccepted`: the mentor knows that somebody's next session starts before the new end. */
const extendInput = z.strictObject({
	roomCode,
	clientId,
	minutes: z.literal(EXTENSION_MINUTES),
	overlapAccepted: z.boolean().optional()
});

const signalInput = z.strictObject({
	roomCode,
	seatId,
	toSeatId: seatId,
	data: z.string().min(1).max(SIGNAL_MAX_CHARACTERS)
});

/** Everything a page does in its room. Who asks, and in which role, is decided by `inSession`. */
export const roomRouter = router({
	/** Also for those whom the mentor removed: it says so, and later that they may come in again. */
	state: signedIn
		.input(z.strictObject({ roomCode }))
		.query(({ ctx, input }) => ctx.app.sessions.roomState(input.roomCode, ctx.user)),

	/** The server's clock, ms since the epoch. */
	clock: signedIn.query(() => Date.now()),

	/**
	 * The durable part, in batches of entries, every one tracked, so that tRPC resumes where it was cut off. Refusal `log-restored`: the
	 * reader has seen what is not in the log (any more) and must start from the beginning.
	 */
	log: inSession.input(logInput).subscription(async function* ({ ctx, input }) {
		const { until } = ctx.following;
		const cursor: Cursor = input.lastEventId
			? readCursor(input.lastEventId)
			: { seq: input.after ?? 0, at: null };
		if (!(await ctx.app.roomLog.holds(ctx.session.id, cursor))) throw new Refusal('log-restored');
		for await (const entries of ctx.app.roomLog.follow(ctx.session, cursor.seq, until)) {
			yield tracked(writeCursor(entries.at(-1)!), entries);
			await ctx.caughtUp(until);
		}
	}),

	/** The passing part: nothing tracked, because one untracked message would wipe the resume position. */
	live: inSession
		.input(z.strictObject({ roomCode, seatId, seated: z.boolean() }))
		.subscription(async function* ({ ctx, input }) {
			const { until } = ctx.following;
			const person = { userId: ctx.user.id, name: ctx.user.name, role: ctx.member.role };
			for await (const message of ctx.app.presence.live(ctx.session, person, input, until)) {
				yield message;
				await ctx.caughtUp(until);
			}
		}),

	say: inSession
		.input(z.strictObject({ roomCode, clientId, text: chatTextSchema }))
		.mutation(({ ctx, input }) =>
			ctx.app.roomLog.append(ctx.session, {
				clientId: input.clientId,
				type: 'chat.message',
				actorId: ctx.user.id,
				payload: { text: input.text }
			})
		),

	update: inSession.input(updateInput).mutation(async ({ ctx, input }) => {
		await ctx.app.presence.update(input.roomCode, ctx.user.id, input);
		return OK;
	}),

	/** Between seats, in the lobby too: what two pages need to set up a call while the PeerServer is away. */
	signal: inSession.input(signalInput).mutation(({ ctx, input }) => {
		if (isOver(ctx.session.status)) throw new Refusal('session-over');
		ctx.app.presence.signal(input.roomCode, ctx.user.id, input);
		return OK;
	}),

	leaveSeat: inSession.input(z.strictObject({ roomCode, seatId })).mutation(async ({ ctx, input }) => {
		await ctx.app.presence.leaveSeat(input.roomCode, ctx.user, input.seatId);
		return OK;
	}),

	/** For whoever holds a seat: nobody else has a reason to call. */
	callTicket: inSession.input(z.strictObject({ roomCode, seatId })).query(({ ctx, input }) => {
		if (!ctx.app.presence.holdsSeat(input.roomCode, ctx.user.id, input.seatId)) throw new Refusal('no-seat');
		const { session, user, loginKey } = ctx;
		return ctx.app.tickets.make({ sessionId: session.id, userId: user.id, loginKey }, input.seatId);
	}),

	start: mentorOfSession.input(z.strictObject({ roomCode })).mutation(async ({ ctx }) => {
		await ctx.app.sessions.start(ctx.session);
		return OK;
	}),

	end: mentorOfSession.input(z.strictObject({ roomCode })).mutation(async ({ ctx }) => {
		await ctx.app.sessions.end(ctx.session, 'mentor');
		return OK;
	}),

	extend: mentorOfSession.input(extendInput).mutation(async ({ ctx, input }) => {
		await ctx.app.sessions.extend(ctx.session, input.clientId, input.minutes, input.overlapAccepted);
		return OK;
	})
});
