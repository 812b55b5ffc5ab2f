import { fail } from '@sveltejs/kit';
import { Refusal } from '$lib/shared/refusals.ts';
import { SECRET_PAGE } from '../../secretPage.ts';
import type { Actions, PageServerLoad } from './$types';

/** Looking uses nothing up: programs that read mails open links before people do. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders(SECRET_PAGE);
	const link = await locals.app.accounts.lookAtLink(params.token);
	return { link: 'kind' in link && link.kind === 'reset-password' ? { state: 'dead' as const } : link };
};

export const actions: Actions = {
	default: async ({ locals, params }) => {
		try {
			await locals.app.accounts.useLink(params.token);
		} catch (refusal) {
			// The page is shown anew, and says what became of the link.
			if (refusal instanceof Refusal) return fail(410);
			throw refusal;
		}
	}
};
