import { redirect } from '@sveltejs/kit';
import { START_PAGE } from '$lib/shared/nextPath.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	if (locals.user) redirect(303, START_PAGE);
};
