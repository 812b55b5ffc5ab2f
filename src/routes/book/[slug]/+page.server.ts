import { error, fail, redirect } from '@sveltejs/kit';
import { bookingPath } from '$lib/shared/booking.ts';
import { Refusal, REFUSALS, refusalWords, type RefusalReason } from '$lib/shared/refusals.ts';
import { refusalStatus } from '$lib/shared/refusalStatus.ts';
import { picturesOf } from './portrait.ts';
import type { Actions, PageServerLoad } from './$types';

/** `?at=`: the time that is about to be booked, ms since the epoch. */
export const load: PageServerLoad = async ({ locals, params, url, depends, setHeaders }) => {
	depends('peerlearn:sessions');
	const view = await locals.app.bookings.page(params.slug, locals.user);
	// Closed or never there: nobody can tell.
	if (!view) error(404, REFUSALS['not-found']);
	setHeaders({ 'X-Robots-Tag': 'noindex, nofollow' });
	const at = readNumber(url.searchParams.get('at'));
	return {
		...{ view, at, isFree: at !== null && view.times.includes(at), serverNow: Date.now() },
		pictures: picturesOf(view.mentor)
	};
};

export const actions: Actions = {
	default: async ({ request, locals, params }) => {
		const sent = await request.formData();
		const note = sent.get('note');
		const refused = (reason: RefusalReason, sentence: string) =>
			fail(refusalStatus(reason), { reason, sentence, note: typeof note === 'string' ? note : '' });
		if (!locals.user) {
			// A redirect to the login page would throw away what was typed.
			const sentence = 'You were signed out. Sign in again in another tab, then send this once more.';
			return refused('signed-out', sentence);
		}
		let roomCode: string;
		try {
			({ roomCode } = await locals.app.bookings.book(locals.user, params.slug, {
				startsAt: readNumber(sent.get('at')) ?? Number.NaN,
				minutes: readNumber(sent.get('minutes')) ?? Number.NaN,
				priceMinor: readNumber(sent.get('price')) ?? Number.NaN,
				note: typeof note === 'string' ? note : ''
			}));
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			if (reason.reason === 'not-found') error(404, REFUSALS['not-found']);
			return refused(reason.reason, refusalWords(reason.reason, reason.message));
		}
		redirect(303, `${bookingPath(params.slug)}/${encodeURIComponent(roomCode)}`);
	}
};

function readNumber(value: FormDataEntryValue | null): number | null {
	return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}
