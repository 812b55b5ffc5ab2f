import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { ServerOptions } from '@tus/server';
import { Refusal, REFUSALS, type RefusalReason } from '../../shared/refusals.ts';
import { refusalStatus } from '../../shared/refusalStatus.ts';
import type { Announced } from './uploadId.ts';
import { createUploadLocks } from './uploadLocks.ts';
import type { Uploader, Uploads } from './uploadsService.ts';

/** How long a request that hangs may go on when its upload is continued by another one, ms. */
const LET_GO_MS = 100;
const CLIENT_ID = /^[A-Za-z0-9_-]{16,64}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * The tus protocol 1.0.0 (creation, termination) over our uploads. The library is loaded with the first upload.
 */
export async function createUploadProtocol(deps: { uploads: Uploads; onError: (error: unknown) => void }) {
	const { uploads, onError } = deps;
	const { DataStore, Server, Upload } = await import('@tus/server');
	/** Who makes a request that is being answered. */
	const asking = new WeakMap<IncomingMessage, Uploader>();

	function uploaderOf(request: TusRequest): Uploader {
		const message = request.runtime?.node?.req;
		const who = message && asking.get(message as IncomingMessage);
		if (!who) throw new Refusal('not-found');
		return who;
	}

	class UploadStore extends DataStore {
		override extensions = ['creation', 'termination'];

		override async getUpload(id: string) {
			const { size, received } = await uploads.standing(id);
			return new Upload({ id, size, offset: received });
		}

		override write(body: Readable, id: string, at: number): Promise<number> {
			return uploads.append(id, body as AsyncIterable<Uint8Array>, at);
		}

		override remove(id: string): Promise<void> {
			return uploads.cancel(id);
		}
	}

	const protocol = new Server({
		path: '/uploads',
		datastore: new UploadStore(),
		locker: createUploadLocks(),
		lockDrainTimeout: LET_GO_MS,
		// Our own pages only; they need no permission.
		allowedOrigins: () => false,
		generateUrl: (request, { id }) => `${new URL(request.url).pathname.replace(/\/$/, '')}/${id}`,
		getFileIdFromRequest: (_, lastPart) => lastPart,
		async namingFunction(request, metadata) {
			const size = Number(request.headers.get('upload-length') ?? Number.NaN);
			const name = metadata?.filename ?? '';
			if (!Number.isSafeInteger(size) || name === '')
				throw new Refusal('bad-input', 'This file has no readable name or length.');
			return uploads.begin(uploaderOf(request), { name, size, announced: readAnnounced(metadata) });
		},
		// Before everything else, so that the store need not ask whose an id is.
		onIncomingRequest: (request, id) => uploads.requireOwn(id, uploaderOf(request)),
		async onUploadFinish(_, { id }) {
			await uploads.finish(id);
			return {};
		},
		onResponseError(_, error) {
			const refusal = toRefusal(error);
			if (!refusal) onError(error);
			const { reason, message, status } = refusal ?? ofReason(new Refusal('internal'));
			return { status_code: status, body: JSON.stringify({ reason, message }) };
		}
	});
	return {
		/** Answers one request of somebody whose right to it was checked. */
		answer(request: IncomingMessage, response: ServerResponse, who: Uploader): Promise<unknown> {
			asking.set(request, who);
			return protocol.handle(request, response);
		}
	};
}

export type UploadProtocol = Awaited<ReturnType<typeof createUploadProtocol>>;
/** As the library sees a request. */
type TusRequest = Parameters<NonNullable<ServerOptions['onIncomingRequest']>>[0];

function readAnnounced(metadata: Record<string, string | null> = {}): Announced {
	const { sha256, clientId } = metadata;
	if (sha256 && SHA256.test(sha256)) return { sha256 };
	if (clientId && CLIENT_ID.test(clientId)) return { clientId };
	throw new Refusal('bad-input', 'This file is announced without its SHA-256 and without an id.');
}

interface Answer {
	reason: RefusalReason;
	message: string;
	status: number;
}

/** The refusals of ours and, in our words, those of the protocol; null for what went wrong. */
function toRefusal(error: Error | { status_code: number; body: string }): Answer | null {
	if (error instanceof Refusal) return ofReason(error);
	if (!('status_code' in error)) return null;
	// Parts of the protocol that we do not offer and no page of ours asks for.
	if (error.status_code === 501) return ofReason(new Refusal('bad-input'));
	if (error.status_code >= 500) return null;
	if (error.status_code === 404 || error.status_code === 410)
		return { reason: 'not-found', message: REFUSALS['not-found'], status: error.status_code };
	const reason = error.status_code === 413 ? 'too-large' : 'bad-input';
	return { reason, message: error.body.trim(), status: error.status_code };
}

function ofReason({ reason, message }: Refusal): Answer {
	return { reason, message, status: refusalStatus(reason) };
}
