import { error, fail } from '@sveltejs/kit';
import { invitationPath } from '$lib/shared/planning.ts';
import { Refusal, REFUSALS, refusalWords } from '$lib/shared/refusals.ts';
import { withShownNames } from '$lib/shared/shownNames.ts';
import { SIGNED_OUT } from '../../sessions/signedOut.ts';
import { hiddenAddress } from './hiddenAddress.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the holder of an invitation's link sees. A link that means nothing looks like any address that leads nowhere. */
export const load: PageServerLoad = async ({ locals, params, depends, setHeaders }) => {
	depends('peerlearn:sessions');
	// The token in the address is the invitation: nobody else may hear of it.
	setHeaders({ 'cache-control': 'private, no-store' });
	const found = await locals.app.planning.invitation(params.token, locals.user);
	if (!found) error(404, REFUSALS['not-found']);
	const { email, ...invitation } = found;
	return {
		invitation: withShownNames(invitation),
		address: hiddenAddress(email),
		// Whoever holds the link signs up with the address it was sent to; nobody else is told it.
		signUpAs: locals.user || found.hasAccount ? null : email,
		user: locals.user,
		here: invitationPath(params.token)
	};
};

export const actions: Actions = {
	accept: async ({ locals, params: { token } }) => {
		if (!locals.user) return fail(401, { message: SIGNED_OUT });
		return locals.app.planning.accept(locals.user, { token }).then(() => undefined, refused);
	},
	/** Also signed out, where nobody has an account with that address. */
	decline: async ({ locals, params: { token } }) => {
		return locals.app.planning.decline(locals.user, { token }).then(() => undefined, refused);
	}
};

function refused(reason: unknown) {
	if (!(reason instanceof Refusal)) throw reason;
	return fail(400, { message: refusalWords(reason.reason, reason.message) });
}
