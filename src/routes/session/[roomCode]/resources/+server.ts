import { json } from '@sveltejs/kit';
import { Refusal } from '$lib/shared/refusals.ts';
import { refusalAnswer, signedOutAnswer } from '../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** Takes one file as the raw body. Headers: `content-type`, `x-file-name` (percent-encoded UTF-8). */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		const name = readName(request.headers.get('x-file-name'));
		if (!request.body) throw new Refusal('bad-input', 'This file is empty.');
		const type = request.headers.get('content-type') ?? 'application/octet-stream';
		const resource = await locals.app.resources.add(params.roomCode, locals.user, {
			name,
			type,
			body: request.body
		});
		return json(resource, { status: 201 });
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};

function readName(header: string | null): string {
	try {
		const name = decodeURIComponent(header ?? '');
		if (name !== '') return name;
	} catch {
		// Not what our page sends; refused below like a missing name.
	}
	throw new Refusal('bad-input', 'This file has no readable name.');
}
