import { fail, redirect } from '@sveltejs/kit';
import { ownPath } from '$lib/shared/nextPath.ts';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { requireUser } from '../../pageGuards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = requireUser(locals, url);
	return {
		feed: await locals.app.calendarFeeds.addressOf(user.id),
		renewed: url.searchParams.has('renewed')
	};
};

export const actions: Actions = {
	/** `version`: of the address that is to work no longer. `next`: the page the form stands on. */
	renew: async ({ locals, request, url }) => {
		const user = requireUser(locals, url);
		const form = await request.formData();
		const version = Number(form.get('version'));
		if (!Number.isSafeInteger(version)) return fail(400, { message: REFUSALS['bad-input'] });
		await locals.app.calendarFeeds.renew(user.id, version);
		const next = form.get('next');
		redirect(303, ownPath(typeof next === 'string' ? next : null) ?? '/calendar/feed?renewed#feed');
	}
};
