import { error, fail, redirect } from '@sveltejs/kit';
import { feedbackSchema } from '$lib/shared/formSchemas.ts';
import { Refusal, REFUSALS, refusalWords } from '$lib/shared/refusals.ts';
import { withShownNames } from '$lib/shared/shownNames.ts';
import { requireMember, requireUser } from '../../pageGuards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = requireUser(locals, url);
	const { sessions } = locals.app;
	requireMember(await sessions.access(params.roomCode, user));
	const room = await sessions.roomState(params.roomCode, user);
	const { status } = room.session;
	if (status === 'completed' || status === 'missed') redirect(303, `/session/${params.roomCode}/recap`);
	if (locals.csrf === null) error(403, REFUSALS['bad-csrf']);
	// What follows the lesson, and what it begins with, is shown without asking once more.
	return {
		room: withShownNames(room),
		csrf: locals.csrf,
		pictures: await locals.app.accounts.picturesOf(room.session.members.map(({ userId }) => userId)),
		ratingRevealDays: locals.app.config.RATING_REVEAL_DAYS,
		earlierNote: room.removed ? null : await locals.app.notes.before(params.roomCode, user)
	};
};

export const actions: Actions = {
	/** Field `ratings`: JSON as `feedbackSchema` wants it. Answers with `pairs`, what may be read now. Fails with `{ message }`, a sentence for people. */
	feedback: async ({ locals, params, request, url }) => {
		const user = requireUser(locals, url);
		const input = feedbackSchema.safeParse({ ratings: readJson((await request.formData()).get('ratings')) });
		if (!input.success) {
			return fail(400, { message: input.error.issues[0]?.message ?? REFUSALS['bad-input'] });
		}
		try {
			await locals.app.feedback.save(params.roomCode, user, input.data.ratings);
		} catch (refusal) {
			if (!(refusal instanceof Refusal)) throw refusal;
			return fail(refusal.reason === 'not-found' ? 403 : 409, {
				message: refusalWords(refusal.reason, refusal.message)
			});
		}
		return { pairs: withShownNames(await locals.app.feedback.pairs(params.roomCode, user)) };
	}
};

function readJson(field: FormDataEntryValue | null): unknown {
	try {
		return JSON.parse(typeof field === 'string' ? field : '');
	} catch {
		return null;
	}
}
