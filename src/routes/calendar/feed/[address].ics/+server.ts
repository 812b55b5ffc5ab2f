import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A private calendar (RFC 5545): calendars ask for it without signing in, its address is the key. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	const feed = await locals.app.calendarFeeds.read(params.address);
	if (!feed) error(404, 'There is nothing at this address.');
	const headers = {
		ETag: feed.etag,
		// Asked for anew each time, and answered with 304 where nothing changed.
		'Cache-Control': 'private, no-cache',
		'X-Robots-Tag': 'noindex'
	};
	if (isKnown(request.headers.get('if-none-match'), feed.etag))
		return new Response(null, { status: 304, headers });
	return new Response(feed.calendar, {
		headers: {
			...headers,
			'Content-Type': 'text/calendar; charset=utf-8',
			'Content-Disposition': 'inline; filename="peerlearn.ics"'
		}
	});
};

/** RFC 9110, 13.1.2: weak comparison; proxies that compress mark an ETag as weak. */
function isKnown(given: string | null, etag: string): boolean {
	if (given === null) return false;
	return given.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}
