import { error, redirect } from '@sveltejs/kit';
import { START_PAGE } from '$lib/shared/nextPath.ts';
import { REFUSALS } from '$lib/shared/refusals.ts';
import { shownName } from '$lib/shared/shownNames.ts';
import { STATEMENT_HEAD } from '$lib/shared/statementHead.ts';
import type { RequestHandler } from './$types';

/** A mentor's own bookings as a file: of `?year=2026`, or all of them. */
export const GET: RequestHandler = async ({ locals, url }) => {
	// To the page and not back to the file: a download that starts by itself after signing in startles.
	if (!locals.user) redirect(303, `/login?next=${encodeURIComponent(START_PAGE)}`);
	if (locals.user.role !== 'mentor') error(403, REFUSALS['not-found']);
	const asked = url.searchParams.get('year') ?? 'all';
	if (!/^(all|[12]\d{3})$/.test(asked)) error(400, REFUSALS['bad-input']);
	const year = asked === 'all' ? null : Number(asked);
	const pieces = locals.app.dashboards.statement(locals.user, year, STATEMENT_HEAD, shownName);
	const encoder = new TextEncoder();
	// Piece by piece, when the reader has room for it: a long history is never held at once.
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { done, value } = await pieces.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		cancel: () => void pieces.return()
	});
	return new Response(body, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="peerlearn-earnings${asked === 'all' ? '' : `-${asked}`}.csv"`,
			'content-security-policy': "default-src 'none'; sandbox",
			'cache-control': 'private, no-store'
		}
	});
};
