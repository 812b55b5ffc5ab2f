import type { LayoutServerLoad } from './$types';

/** In the panel of the bell. */
const NEWEST = 6;

export const load: LayoutServerLoad = async ({ locals, route }) => {
	const { user, csrf, app } = locals;
	const confirmAddress = user !== null && !user.verified && app.mails.leave;
	const outbox = app.config.isDemo;
	// The room has no bell: whoever is in a lesson is not called away.
	if (!user || csrf === null || route.id === '/session/[roomCode]')
		return { user, confirmAddress, inbox: null, outbox };
	const [newest, unread] = await Promise.all([
		app.notifications.page(user.id, null, NEWEST),
		app.notifications.unreadOf(user.id)
	]);
	return { user, confirmAddress, inbox: { csrf, unread, newest }, outbox };
};
