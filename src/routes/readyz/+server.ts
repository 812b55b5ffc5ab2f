import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The process can do its work: the database answers and it is not shutting down. */
export const GET: RequestHandler = async ({ locals }) => {
	const ready = await locals.app.ready();
	return text(ready ? 'ready\n' : 'not ready\n', { status: ready ? 200 : 503 });
};
