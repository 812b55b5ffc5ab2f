import { error } from '@sveltejs/kit';
import { REFUSALS } from '$lib/shared/refusals.ts';

/**
 * The same request; where it does not say how long its body is, reading more than `limit` bytes of it fails with 413. One that says
 * so was judged before (writeGuard.ts).
 */
export function boundedRequest(request: Request, limit: number): Request {
	if (!request.body || request.headers.has('content-length')) return request;
	let size = 0;
	const counter = new TransformStream<Uint8Array, Uint8Array>({
		transform(part, controller) {
			size += part.byteLength;
			// What is too much is thrown away: failing here would hang up before anybody has heard why.
			if (size <= limit) controller.enqueue(part);
		},
		flush() {
			if (size > limit) error(413, REFUSALS['too-large']);
		}
	});
	return new Request(request, { body: request.body.pipeThrough(counter), duplex: 'half' } as RequestInit);
}
