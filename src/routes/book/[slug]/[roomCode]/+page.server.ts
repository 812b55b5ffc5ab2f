import { error } from '@sveltejs/kit';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { requireUser } from '../../../pageGuards.ts';
import { picturesOf } from '../portrait.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends, setHeaders }) => {
	depends('peerlearn:sessions');
	const user = requireUser(locals, url);
	const booked = await locals.app.bookings.booked(user, params.roomCode);
	if (booked?.slug !== params.slug) error(404, REFUSALS['not-found']);
	setHeaders({ 'X-Robots-Tag': 'noindex, nofollow' });
	return { booked, user, pictures: picturesOf(booked.mentor) };
};
