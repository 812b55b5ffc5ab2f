import { withShownNames } from '$lib/shared/shownNames.ts';
import { dateIn } from '$lib/shared/time.ts';
import { requireUser } from '../pageGuards.ts';
import type { PageServerLoad } from './$types';
import { readDate, weekOf } from './weekAxis.ts';

/** `?week=2026-07-14`: the week of that day, else this one. `?view=list`: days below each other. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('peerlearn:sessions');
	const user = requireUser(locals, url);
	const serverNow = Date.now();
	const today = dateIn(serverNow, user.timeZone);
	const week = readDate(url.searchParams.get('week')) ?? today;
	const { from, to } = weekOf(week, user.timeZone);
	return {
		user,
		week,
		isList: url.searchParams.get('view') === 'list',
		lessons: withShownNames(await locals.app.planning.calendar(user, from, to)),
		serverNow
	};
};
