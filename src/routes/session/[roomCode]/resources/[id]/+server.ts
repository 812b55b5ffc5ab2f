import { refusalAnswer, signedOutAnswer } from '../../refusalAnswer.ts';
import type { RequestHandler } from './$types';

/** Downloads a file. Always as an attachment: what members upload is never shown as a page of ours (spec S6). */
export const GET: RequestHandler = async ({ locals, params }) => {
	if (!locals.user) return signedOutAnswer();
	try {
		const { resource, stream } = await locals.app.resources.open(params.roomCode, locals.user, params.id);
		return new Response(stream, {
			headers: {
				'content-type': resource.type,
				'content-length': String(resource.size),
				'content-disposition': attachment(resource.name),
				'content-security-policy': "default-src 'none'; sandbox",
				'x-content-type-options': 'nosniff',
				'cache-control': 'private, no-store'
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

/** Both spellings of the name: plain for old clients, UTF-8 for all others (RFC 6266). */
function attachment(name: string): string {
	const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
	const encoded = encodeURIComponent(name).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16)}`
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
