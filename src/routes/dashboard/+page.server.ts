import { viewerLocale } from '$lib/shared/money.ts';
import { PERIOD_KINDS } from '$lib/shared/periods.ts';
import { withShownNames } from '$lib/shared/shownNames.ts';
import { requireUser } from '../pageGuards.ts';
import type { PageServerLoad } from './$types';

/** `?by=month`: earnings by month. `?before=…`: past sessions from there on. */
export const load: PageServerLoad = async ({ locals, url, request, depends }) => {
	depends('peerlearn:sessions', 'peerlearn:earnings');
	const user = requireUser(locals, url);
	const by = PERIOD_KINDS.find((kind) => kind === url.searchParams.get('by')) ?? 'week';
	const before = url.searchParams.get('before');
	const [dashboard, invitations] = await Promise.all([
		locals.app.dashboards.read(user, { by, before }),
		user.role === 'learner' ? locals.app.planning.openInvitations(user) : []
	]);
	// Faces stand beside the next session only.
	const shown = (dashboard.upcoming[0]?.people ?? []).map(({ userId }) => userId);
	return {
		...withShownNames(dashboard),
		invitations,
		pictures: await locals.app.accounts.picturesOf(shown),
		user,
		before,
		locale: viewerLocale(request.headers.get('accept-language')),
		serverNow: Date.now()
	};
};
