import { fail, redirect } from '@sveltejs/kit';
import { NOTIFICATIONS_PER_PAGE, OPTIONAL_KINDS } from '$lib/shared/notification.ts';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { requireUser } from '../pageGuards.ts';
import type { Actions, PageServerLoad } from './$types';

/** Shown one below the other; what is older stands on a page of its own, so that none grows without an end. */
const SHOWN_MAX = 100;

/** `before`: only older ones than this place. `show`: so many of them. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('peerlearn:notifications');
	const user = requireUser(locals, url);
	const before = readPlace(url.searchParams.get('before'));
	const asked = readPlace(url.searchParams.get('show')) ?? NOTIFICATIONS_PER_PAGE;
	const show = Math.min(Math.max(asked, NOTIFICATIONS_PER_PAGE), SHOWN_MAX);
	const [shown, choices] = await Promise.all([
		locals.app.notifications.page(user.id, before, show),
		locals.app.notifications.choicesOf(user.id)
	]);
	return { shown, choices, before, older: shown.older ? addressOfOlder(before, show, shown) : null };
};

export const actions: Actions = {
	/** `upTo`: the newest one that was shown. */
	read: async ({ locals, request, url }) => {
		const user = requireUser(locals, url);
		const upTo = readPlace((await request.formData()).get('upTo'));
		if (upTo === null) return fail(400, { message: REFUSALS['bad-input'] });
		await locals.app.notifications.markRead(user.id, { upTo });
		redirect(303, '/notifications');
	},
	/** A field `kind` for each kind that is wanted, as a form without scripts sends it. */
	choose: async ({ locals, request, url }) => {
		const user = requireUser(locals, url);
		const wanted = (await request.formData()).getAll('kind');
		for (const kind of OPTIONAL_KINDS)
			await locals.app.notifications.setChoice(user.id, kind, wanted.includes(kind));
		redirect(303, '/notifications#choices');
	}
};

function addressOfOlder(
	before: number | null,
	show: number,
	{ notifications }: { notifications: { seq: number }[] }
): string {
	const more = new URLSearchParams();
	if (show < SHOWN_MAX) {
		if (before !== null) more.set('before', String(before));
		more.set('show', String(show + NOTIFICATIONS_PER_PAGE));
	} else more.set('before', String(notifications.at(-1)!.seq));
	return `?${more}`;
}

function readPlace(text: FormDataEntryValue | null): number | null {
	return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
