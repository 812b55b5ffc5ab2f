import { error } from '@sveltejs/kit';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { requireUser } from '../pageGuards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const user = requireUser(locals, url);
	if (locals.csrf === null) error(403, REFUSALS['bad-csrf']);
	const { TURN_URLS, TURN_SECRET } = locals.app.config;
	return { user, csrf: locals.csrf, hasRelay: TURN_URLS.length > 0 && TURN_SECRET !== undefined };
};
