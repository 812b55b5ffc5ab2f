import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) =>
	text(await locals.app.metrics(), {
		headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }
	});
