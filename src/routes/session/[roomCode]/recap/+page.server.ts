import { fail, redirect } from '@sveltejs/kit';
import { feedbackSchema } from '$lib/shared/formSchemas.ts';
import { Refusal, REFUSALS, refusalWords } from '$lib/shared/refusals.ts';
import { withShownNames } from '$lib/shared/shownNames.ts';
import { requireMember, requireUser } from '../../../pageGuards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends, isDataRequest }) => {
	// A rating that is revealed and a file that is added are told by a notification.
	depends('peerlearn:notifications');
	const user = requireUser(locals, url);
	requireMember(await locals.app.sessions.access(params.roomCode, user));
	const room = `/session/${encodeURIComponent(params.roomCode)}`;
	const recap = await locals.app.recap.read(params.roomCode, user).catch((reason: unknown) => {
		// The room tells them so, and when they may come in again.
		if (reason instanceof Refusal && reason.reason === 'removed') redirect(303, room);
		throw reason;
	});
	// Before the end there is nothing to look back on: the room says what is going on.
	if (
		recap.session.status === 'scheduled' ||
		recap.session.status === 'live' ||
		recap.session.status === 'cancelled'
	) {
		redirect(303, room);
	}
	// For pages without scripts; the others say it themselves, when the recap is looked at and not loaded ahead.
	if (!isDataRequest) await locals.app.notifications.markRead(user.id, { roomCode: params.roomCode });
	const shown = recap.session.members.map(({ userId }) => userId);
	return { recap: withShownNames(recap), pictures: await locals.app.accounts.picturesOf(shown) };
};

export const actions: Actions = {
	/** `ratings`: JSON, a list of ratings. */
	feedback: async ({ request, locals, params }) => {
		if (!locals.user) return signedOut();
		const sent = await request.formData();
		const read = feedbackSchema.safeParse({ ratings: parseJson(sent.get('ratings')) });
		if (!read.success) {
			return fail(400, { message: read.error.issues[0]?.message ?? REFUSALS['bad-input'] });
		}
		try {
			await locals.app.feedback.save(params.roomCode, locals.user, read.data.ratings);
		} catch (reason) {
			return refused(reason);
		}
	},
	/** `text`: the mentor's note for the next lesson; empty takes it away. */
	note: async ({ request, locals, params }) => {
		if (!locals.user) return signedOut();
		const text = String((await request.formData()).get('text') ?? '');
		try {
			await locals.app.notes.save(params.roomCode, locals.user, text);
		} catch (reason) {
			return refused(reason);
		}
	},
	/** `id`: the file to take away. */
	remove: async ({ request, locals, params }) => {
		if (!locals.user) return signedOut();
		const sent = await request.formData();
		try {
			await locals.app.resources.remove(params.roomCode, locals.user, String(sent.get('id') ?? ''));
		} catch (reason) {
			return refused(reason);
		}
	}
};

/** Said in place: a redirect to the login page would throw away what was typed. */
function signedOut() {
	return fail(401, {
		message: 'You were signed out. Sign in again in another tab, then send this once more.'
	});
}

function refused(reason: unknown) {
	if (reason instanceof Refusal) return fail(400, { message: refusalWords(reason.reason, reason.message) });
	throw reason;
}

function parseJson(text: FormDataEntryValue | null): unknown {
	try {
		return JSON.parse(String(text));
	} catch {
		return null;
	}
}
