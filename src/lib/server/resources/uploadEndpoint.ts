import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createAllowance } from '../../../../peer-server/allowance.ts';
import { Refusal } from '../../shared/refusals.ts';
import { refusalStatus } from '../../shared/refusalStatus.ts';
import type { Accounts } from '../accounts/accountsService.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { createUploadProtocol, type UploadProtocol } from './uploadProtocol.ts';
import type { Uploader, Uploads } from './uploadsService.ts';

/** `/session/<room code>/uploads` and one upload below it. */
export const UPLOADS = /^\/session\/([^/?]+)\/uploads(\/[A-Za-z0-9_-]+)?\/?(?:\?|$)/;
/** Requests of one person: many small files at once are fine, a program gone wild is not. */
const RATE = { burst: 150, perSecond: 10 };
/** What has arrived is on disk long before that, ms. */
const CLOSING_PATIENCE_MS = 1_000;
const METHODS = ['POST', 'HEAD', 'PATCH', 'DELETE'];

export interface UploadEndpoint {
	/** Takes over a request for an upload; false, and nothing done, for any other one. */
	handle(request: IncomingMessage, response: ServerResponse): boolean;
	/** No further requests; those under way break off and can be resumed. Resolves within a second. */
	close(): Promise<void>;
}

/** Stands before Kit, which would hold a body back until it is complete: checks who asks (spec S1), then tus answers. */
export function createUploadEndpoint(deps: {
	uploads: Uploads;
	accounts: Pick<Accounts, 'readLogin'>;
	sessions: Pick<Sessions, 'membership'>;
	originAllowed: (request: IncomingMessage) => boolean;
	now: () => number;
	onError: (error: unknown) => void;
}): UploadEndpoint {
	const { accounts, sessions, onError } = deps;
	const allowances = new Map<string, () => boolean>();
	const underWay = new Map<ServerResponse, Promise<void>>();
	let protocol: Promise<UploadProtocol> | null = null;
	let closing = false;

	/** Refusals: `signed-out`, `too-many`, `not-found`, `not-mentor`; `bad-csrf` for what no page of ours sends. */
	async function uploaderOf(request: IncomingMessage, roomCode: string): Promise<Uploader> {
		// Browsers name the page with everything that writes; a HEAD only reads, and says no more than a length.
		if (request.method !== 'HEAD' && !deps.originAllowed(request)) throw new Refusal('bad-csrf');
		const login = await accounts.readLogin(request.headers.cookie ?? null);
		if (!login) throw new Refusal('signed-out');
		if (!mayAsk(login.user.id)) throw new Refusal('too-many');
		const { session, member } = await sessions.membership(roomCode, login.user);
		if (member.role !== 'mentor') throw new Refusal('not-mentor');
		return { session, userId: login.user.id };
	}

	function mayAsk(userId: string): boolean {
		// Forgotten all at once now and then: a full allowance more or less does no harm, endless memory would.
		if (allowances.size > 10_000) allowances.clear();
		const allowance = allowances.get(userId) ?? createAllowance(RATE, deps.now);
		allowances.set(userId, allowance);
		return allowance();
	}

	async function answer(request: IncomingMessage, response: ServerResponse, roomCode: string) {
		try {
			const who = await uploaderOf(request, roomCode);
			forgetProxies(request);
			protocol ??= createUploadProtocol(deps);
			await (await protocol).answer(request, response, who);
		} catch (error) {
			if (response.headersSent) response.destroy();
			else refuse(response, error instanceof Refusal ? error : new Refusal('internal'));
			if (!(error instanceof Refusal) && !request.destroyed) onError(error);
		}
	}

	return {
		handle(request, response) {
			const [, roomCode, id] = UPLOADS.exec(request.url ?? '') ?? [];
			if (roomCode === undefined) return false;
			response.setHeader('X-Content-Type-Options', 'nosniff');
			response.setHeader('Cache-Control', 'no-store');
			if (closing) response.writeHead(503, { connection: 'close' }).end();
			else if (!METHODS.includes(request.method ?? '') || (request.method === 'POST') === (id !== undefined))
				response.writeHead(405, { allow: METHODS.join(', ') }).end();
			else {
				const work = answer(request, response, decoded(roomCode)).finally(() => underWay.delete(response));
				underWay.set(response, work);
			}
			return true;
		},
		async close() {
			closing = true;
			for (const response of underWay.keys()) response.destroy();
			// Whoever writes an answer to a connection that is gone may never hear that it is.
			await Promise.race([Promise.all(underWay.values()), delay(CLOSING_PATIENCE_MS, null, { ref: false })]);
		}
	};
}

/** Where several proxies stand in a row their headers are lists, which the library takes for an error. */
function forgetProxies(request: IncomingMessage): void {
	const { rawHeaders } = request;
	request.rawHeaders = rawHeaders.filter((_, place) => !/^(x-)?forwarded/i.test(rawHeaders[place & ~1]!));
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function refuse(response: ServerResponse, { reason, message }: Refusal): void {
	const status = reason === 'bad-csrf' ? 403 : refusalStatus(reason);
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ reason, message }));
}
