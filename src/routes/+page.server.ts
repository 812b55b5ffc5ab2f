import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
	depends('peerlearn:sessions');
	if (!locals.user) return { sessions: null, serverNow: Date.now() };
	return { sessions: await locals.app.sessions.listFor(locals.user), serverNow: Date.now() };
};
