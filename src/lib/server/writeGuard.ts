import type { IncomingMessage, ServerResponse } from 'node:http';
import { BOARD_FILE_MAX_BYTES } from '../shared/boardLimits.ts';
import { PORTRAIT_MAX_BYTES } from '../shared/limits.ts';
import { Refusal } from '../shared/refusals.ts';
import { refusalStatus } from '../shared/refusalStatus.ts';
import { UPLOADS } from './resources/uploadEndpoint.ts';

/** What may change something. Everything else is a question, and changes nothing. */
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Of a form and of every other request that is not named below, bytes: three times the longest text anybody may write. */
export const FORM_MAX_BYTES = 256 * 1024;
/** Around a file in a form, bytes. */
const ENVELOPE = 64 * 1024;
/** So long may a form take to arrive, ms: at 35 kbit/s that is enough for the largest. */
const FORM_PATIENCE = 60_000;

const FORM_KIND = /^(application\/x-www-form-urlencoded|multipart\/form-data)/;
/** How long an answer waits for whoever is still sending, ms. */
const LINGERING = 2_000;

/** How large the body of a request may be, bytes. Uploads of files have rules of their own. */
export function bodyLimit(method: string, path: string): number {
	if (method === 'PUT' && /^\/session\/[^/]+\/board\/files\/[^/]+$/.test(path)) return BOARD_FILE_MAX_BYTES;
	if (method === 'POST' && path === '/account') return PORTRAIT_MAX_BYTES + ENVELOPE;
	return FORM_MAX_BYTES;
}

/**
 * Stands before everything that writes (spec S1, S3): it must come from one of our pages, by whatever kind of body, be no larger
 * than it can be, and arrive within a time. What breaks a rule is answered at once.
 */
export function createWriteGuard(deps: {
	originAllowed(request: IncomingMessage): boolean;
	/** ms. */
	formPatience?: number;
}) {
	const { originAllowed, formPatience = FORM_PATIENCE } = deps;

	function whyNot(request: IncomingMessage, path: string): Refusal | null {
		if (!originAllowed(request)) return new Refusal('bad-csrf', 'This did not come from a page of ours.');
		if (UPLOADS.test(path)) return null;
		const size = Number(request.headers['content-length'] ?? 0);
		return size <= bodyLimit(request.method!, path) ? null : new Refusal('too-large');
	}

	/** Whoever sends a little now and then keeps nothing open. An answer cannot be promised: one may be under way. */
	function expectSoon(request: IncomingMessage): void {
		const timer = setTimeout(() => {
			if (!request.complete) request.socket.destroy();
		}, formPatience);
		timer.unref();
		for (const event of ['end', 'close']) request.once(event, () => clearTimeout(timer));
	}

	return {
		/** Answers what must not go on; false, and nothing answered, for all others. */
		handle(request: IncomingMessage, response: ServerResponse): boolean {
			if (!WRITES.has(request.method ?? '')) return false;
			const path = (request.url ?? '/').split('?', 1)[0]!;
			const refusal = whyNot(request, path);
			if (refusal) {
				refuse(request, response, refusal);
				return true;
			}
			if (bodyLimit(request.method!, path) === FORM_MAX_BYTES && !UPLOADS.test(path)) expectSoon(request);
			return false;
		}
	};
}

function refuse(request: IncomingMessage, response: ServerResponse, { reason, message }: Refusal): void {
	const { headers } = request;
	const status = reason === 'bad-csrf' ? 403 : refusalStatus(reason);
	// A form that a browser sends by itself, which shows the answer as a page.
	const isPage = /text\/html/.test(headers.accept ?? '') && FORM_KIND.test(headers['content-type'] ?? '');
	// Forms that a script sends take what Kit's own errors look like, and say it in their place.
	const asError = headers['x-sveltekit-action'] && { type: 'error', status, error: { message } };
	const text = isPage ? `${message}\n` : JSON.stringify(asError || { reason, message });
	response.writeHead(status, {
		'content-type': isPage ? 'text/plain; charset=utf-8' : 'application/json',
		'content-length': Buffer.byteLength(text),
		'cache-control': 'no-store',
		connection: 'close'
	});
	response.write(text);
	// Whoever is still sending would find the connection reset instead of an answer: for a moment it is taken and thrown away.
	const hangUp = setTimeout(() => response.end(), LINGERING);
	hangUp.unref();
	for (const event of ['end', 'close'])
		request.once(event, () => {
			clearTimeout(hangUp);
			response.end();
		});
	request.resume();
}
