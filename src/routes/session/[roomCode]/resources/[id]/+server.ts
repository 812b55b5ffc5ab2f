import { attachmentHeader } from '$lib/server/resources/fileNames.ts';
import { readByteRange } from '$lib/server/resources/byteRange.ts';
import { refusalAnswer, signedOutAnswer } from '../../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** Downloads a file. Always as an attachment: what members upload is never shown as a page of ours (spec S6). */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		const wanted = request.headers.get('range');
		const { resource, part, stream } = await locals.app.resources.open(
			params.roomCode,
			locals.user,
			params.id,
			(size) => readByteRange(wanted, size)
		);
		const length = part ? part.to - part.from + 1 : resource.size;
		return new Response(stream, {
			status: part ? 206 : 200,
			headers: {
				'content-type': resource.type,
				'content-length': String(length),
				'content-disposition': attachmentHeader(resource.name),
				'content-security-policy': "default-src 'none'; sandbox",
				'x-content-type-options': 'nosniff',
				'cross-origin-resource-policy': 'same-origin',
				'cache-control': 'private, no-store',
				'accept-ranges': 'bytes',
				...(part && { 'content-range': `bytes ${part.from}-${part.to}/${resource.size}` })
			}
		});
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
};

/** Removes a file. The mentor only; removing what is gone already is fine. */
export const DELETE: RequestHandler = async ({ locals, params }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		await locals.app.resources.remove(params.roomCode, locals.user, params.id);
	} catch (thrown) {
		return refusalAnswer(thrown);
	}
	return new Response(null, { status: 204 });
};
