import { error, text } from '@sveltejs/kit';
import { mayReadMetrics } from '$lib/server/metricsAccess.ts';
import type { RequestHandler } from './$types';

/** Figures for Prometheus. For everybody else there is nothing here. */
export const GET: RequestHandler = async ({ locals, request, platform, getClientAddress }) => {
	const headers = Object.fromEntries(request.headers);
	// Who is connected, not whom a header names; in development there is no such thing as a platform.
	const address = platform ? platform.req.socket.remoteAddress : getClientAddress();
	if (!mayReadMetrics(locals.app.config.METRICS_TOKEN, { headers, address }))
		error(404, 'There is nothing at this address.');
	return text(await locals.app.metrics(), {
		headers: {
			'content-type': 'text/plain; version=0.0.4; charset=utf-8',
			'cache-control': 'no-store'
		}
	});
};
