import { isOver } from '$lib/shared/sessionStatus.ts';
import type { PageLoad } from './$types';

/** Whoever cannot be in the room gets the page that says so at once; nobody else needs it before the lesson runs. */
export const load: PageLoad = async ({ data }) => {
	const stays = !data.room.removed && !isOver(data.room.session.status);
	return { ...data, OutsideRoom: stays ? null : (await import('./OutsideRoom.svelte')).default };
};
