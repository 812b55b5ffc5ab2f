import { error } from '@sveltejs/kit';
import { Refusal, REFUSALS } from '$lib/shared/refusals.ts';
import type { RequestHandler } from './$types';

/** How long a browser keeps a picture, seconds: a changed one has another address, and one that is removed is soon gone. */
const KEPT_SECONDS = 86_400;

/** A person's picture, for whoever is signed in and was given its address; a bookable mentor's for everybody. */
export const GET: RequestHandler = async ({ locals, params }) => {
	try {
		const { type, bytes } = await locals.app.accounts.openPicture(locals.user, params.userId, params.version);
		return new Response(bytes, {
			headers: {
				'content-type': type,
				'content-length': String(bytes.length),
				'content-disposition': 'inline',
				'content-security-policy': "default-src 'none'; sandbox",
				'cross-origin-resource-policy': 'same-origin',
				'cache-control': `private, max-age=${KEPT_SECONDS}, immutable`
			}
		});
	} catch (refusal) {
		if (refusal instanceof Refusal) error(404, REFUSALS['not-found']);
		throw refusal;
	}
};
