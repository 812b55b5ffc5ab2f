import { error, fail } from '@sveltejs/kit';
import type { z } from 'zod';
import { splitEmails } from '$lib/shared/formSchemas.ts';
import { readPrice, readStart } from '$lib/shared/lessonPlan.ts';
import { currencySign } from '$lib/shared/money.ts';
import {
	cancelReasonSchema,
	lessonChangesSchema,
	readScope,
	rescheduleSchema
} from '$lib/shared/planForm.ts';
import { Refusal, REFUSALS, refusalWords } from '$lib/shared/refusals.ts';
import { withShownNames } from '$lib/shared/shownNames.ts';
import { dateIn, formatTime } from '$lib/shared/time.ts';
import { requireMember, requireUser } from '../../pageGuards.ts';
import { learnerProblems } from '../learnerProblems.ts';
import { SIGNED_OUT } from '../signedOut.ts';
import type { Actions, PageServerLoad } from './$types';

/** One session before it happens. `?planned`: it was planned a moment ago. */
export const load: PageServerLoad = async ({ locals, params, url, depends, isDataRequest }) => {
	depends('peerlearn:sessions');
	const user = requireUser(locals, url);
	const { accounts, planning, sessions, learnerZones } = locals.app;
	const lesson = await planning.details(user, params.roomCode).catch(async (reason: unknown) => {
		if (!(reason instanceof Refusal)) throw reason;
		requireMember(await sessions.access(params.roomCode, user));
		error(403, REFUSALS['not-found']);
	});
	// As on the recap: for pages without scripts, the others say it themselves.
	if (!isDataRequest) await locals.app.notifications.markRead(user.id, { roomCode: params.roomCode });
	const emails = lesson.invitees.filter(({ name }) => name !== null).map(({ email }) => email);
	const shown = [...lesson.invitees.map(({ userId }) => userId), ...lesson.learners.map(({ id }) => id)];
	const people = [lesson.mentor.id, ...shown].filter((id) => id !== null);
	return {
		lesson: withShownNames(lesson),
		user,
		pictures: await accounts.picturesOf(people),
		zones: lesson.role === 'mentor' ? await learnerZones.of(user, emails) : [],
		sign: currencySign(lesson.currency),
		planned: url.searchParams.has('planned')
	};
};

export const actions: Actions = {
	/** `date`, `time`, `minutes` on the mentor's clock, `scope`; `at`: the instant, where a clock shows the same twice. */
	reschedule: async ({ locals, params, request }) => {
		if (!locals.user) return signedOut();
		const sent = Object.fromEntries(await request.formData());
		const form = rescheduleSchema.safeParse(sent);
		if (!form.success) return fail(400, { errors: problemsOf(form.error) });
		const zone = locals.user.timeZone;
		const start = readStart(form.data, zone, Date.now());
		if (start.kind === 'problems') return fail(400, { errors: start.problems });
		const { date, time, minutes } = form.data;
		const at = Number(sent.at || NaN);
		const isMeant = isInstant(at) && dateIn(at, zone) === date && formatTime(at, zone) === time;
		const startsAt = isMeant ? at : start.startsAt;
		try {
			await locals.app.planning.reschedule(
				locals.user,
				params.roomCode,
				{ startsAt, minutes },
				readScope(sent.scope)
			);
		} catch (reason) {
			return refused(reason);
		}
	},
	/** `title`, `description`, `price`, `learnerEmails` (all of them), `scope`. */
	edit: async ({ locals, params, request }) => {
		if (!locals.user) return signedOut();
		const sent = await request.formData();
		const learnerEmails = splitEmails(sent.getAll('learnerEmails').map(String).join(' '));
		const form = lessonChangesSchema.safeParse({ ...Object.fromEntries(sent), learnerEmails });
		if (!form.success) return fail(400, { errors: problemsOf(form.error, learnerEmails) });
		const priceMinor = readPrice(form.data.price, locals.app.config.CURRENCY);
		if (typeof priceMinor === 'string') return fail(400, { errors: { price: priceMinor } });
		const { title, description } = form.data;
		try {
			await locals.app.planning.edit(
				locals.user,
				params.roomCode,
				{ title, description, priceMinor, learnerEmails: form.data.learnerEmails },
				readScope(sent.get('scope'))
			);
		} catch (reason) {
			return refused(reason);
		}
	},
	/** `reason`, `scope`. */
	cancel: async ({ locals, params, request }) => {
		if (!locals.user) return signedOut();
		const sent = await request.formData();
		const reason = cancelReasonSchema.safeParse(String(sent.get('reason') ?? ''));
		if (!reason.success) return fail(400, { errors: { reason: reason.error.issues[0]!.message } });
		try {
			await locals.app.planning.cancel(
				locals.user,
				params.roomCode,
				reason.data,
				readScope(sent.get('scope'))
			);
		} catch (thrown) {
			return refused(thrown);
		}
	},
	accept: async ({ locals, params }) => {
		if (!locals.user) return signedOut();
		try {
			await locals.app.planning.accept(locals.user, { roomCode: params.roomCode });
		} catch (reason) {
			return refused(reason);
		}
	},
	decline: async ({ locals, params }) => {
		if (!locals.user) return signedOut();
		try {
			await locals.app.planning.decline(locals.user, { roomCode: params.roomCode });
		} catch (reason) {
			return refused(reason);
		}
	}
};

/** Dates end there (ECMA-262, 21.4.1.1). */
function isInstant(ms: number): boolean {
	return Number.isInteger(ms) && Math.abs(ms) <= 8.64e15;
}

function signedOut() {
	return fail(401, { message: SIGNED_OUT });
}

/** The first sentence of each field; of a list of addresses also by the address that is wrong. */
function problemsOf(problems: z.ZodError, emails: readonly string[] = []): Record<string, string> {
	const found: Record<string, string> = {};
	for (const { path, message } of problems.issues) {
		const [field, nth] = path;
		const name = typeof nth === 'number' ? `${String(field)}.${emails[nth] ?? nth}` : String(field);
		found[name] ??= message;
	}
	return found;
}

function refused(reason: unknown) {
	if (!(reason instanceof Refusal)) throw reason;
	const errors = Object.fromEntries(
		[...learnerProblems(reason)].map(([email, sentence]) => [`learnerEmails.${email}`, sentence])
	);
	const message = Object.keys(errors).length > 0 ? null : refusalWords(reason.reason, reason.message);
	return fail(400, { message, errors });
}
