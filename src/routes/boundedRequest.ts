import { error } from '@sveltejs/kit';
import { REFUSALS } from '$lib/shared/refusals.ts';

/** Whose bodies were read and turned out to be too large. */
const tooLarge = new WeakSet<Request>();

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
			if (size <= limit) return;
			tooLarge.add(bounded);
			refuseTooLarge(bounded);
		}
	});
	const bounded = new Request(request, {
		body: request.body.pipeThrough(counter),
		duplex: 'half'
	} as RequestInit);
	return bounded;
}

/**
 * Fails with 413 where reading it did: what checks a form field by field takes one that cannot be read for an empty one, and would
 * ask for what is missing.
 */
export function refuseTooLarge(request: Request): void {
	if (tooLarge.has(request)) error(413, REFUSALS['too-large']);
}
