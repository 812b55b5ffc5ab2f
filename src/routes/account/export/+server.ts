import { withShownNames } from '$lib/shared/shownNames.ts';
import { requireUser } from '../../pageGuards.ts';
import type { RequestHandler } from './$types';

/** Everything about the person who asks, as one file. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const user = requireUser(locals, url);
	const data = withShownNames(await locals.app.accounts.exportOf(user.id));
	return new Response(JSON.stringify(data, null, '\t'), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="peerlearn-my-data.json"',
			'cache-control': 'no-store'
		}
	});
};
