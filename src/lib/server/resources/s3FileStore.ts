import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { createId } from '../ids.ts';
import { openDraftFolder } from './draftFolder.ts';
import type { ByteRange, FileStore } from './fileStore.ts';

export interface S3Place {
	/** Without a slash at the end. The bucket is put into the path, which every S3-compatible store understands. */
	endpoint: string;
	bucket: string;
	region: string;
	keyId: string;
	secret: string;
}

/** Tries of one request; stores answer 503 and hang up now and then, and ask to be asked again. */
const TRIES = 4;
const FIRST_WAIT_MS = 200;
/** Until a store answers, ms. */
const PATIENCE_MS = 30_000;
const NO_BYTES_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Files in a bucket of an S3-compatible store. Bytes gather in `folder` first: so their SHA-256 is signed with the
 * request, and the store refuses what arrives damaged.
 */
export async function createS3FileStore(place: S3Place, folder: string): Promise<FileStore> {
	const drafts = await openDraftFolder(join(folder, 'unfinished'));
	const { region, keyId: accessKeyId, secret: secretAccessKey } = place;
	const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });
	const address = (key: string) => `${place.endpoint}/${place.bucket}/${encodeURIComponent(key)}`;

	/** Resolves with the answer when it is one of `expected`. */
	async function ask(
		method: 'PUT' | 'GET' | 'DELETE',
		key: string,
		expected: number[],
		options: { sha256?: string; headers?: Record<string, string>; body?: () => Body } = {}
	): Promise<Response> {
		for (let attempt = 1; ; attempt += 1) {
			try {
				const headers = { 'x-amz-content-sha256': options.sha256 ?? NO_BYTES_SHA256, ...options.headers };
				const signed = await client.sign(address(key), { method, headers });
				const { body = null, length } = options.body?.() ?? {};
				if (length !== undefined) signed.headers.set('content-length', String(length));
				const hurry = new AbortController();
				const timer = setTimeout(() => hurry.abort(), PATIENCE_MS);
				const answer = await fetch(signed.url, {
					...{ method, headers: signed.headers, body, signal: hurry.signal, redirect: 'error' },
					...(body && { duplex: 'half' })
				}).finally(() => clearTimeout(timer));
				if (expected.includes(answer.status)) return answer;
				throw new S3Error(method, answer.status, await answer.text());
			} catch (error) {
				const mayPass = !(error instanceof S3Error) || error.status >= 500 || error.status === 429;
				if (!mayPass || attempt === TRIES) throw error;
				await delay(FIRST_WAIT_MS * 2 ** (attempt - 1));
			}
		}
	}

	return {
		async put(body, maxBytes, key = createId()) {
			const { path, size, sha256 } = await drafts.write(body, maxBytes);
			try {
				const again = () => ({
					body: Readable.toWeb(createReadStream(path)) as ReadableStream,
					length: size
				});
				await ask('PUT', key, [200], { sha256, body: again });
			} finally {
				await rm(path, { force: true });
			}
			return { key, size, sha256 };
		},
		async get(key, range) {
			const headers = range && { range: rangeHeader(range) };
			const answer = await ask('GET', key, [range ? 206 : 200], { headers });
			if (!answer.body) throw new Error('The store answered without bytes.');
			return answer.body;
		},
		async remove(key) {
			await ask('DELETE', key, [200, 204, 404]);
		}
	};
}

interface Body {
	body: ReadableStream;
	/** Bytes. */
	length: number;
}

/** The store said no. What it says may name buckets and keys, never the secret. */
class S3Error extends Error {
	override name = 'S3Error';
	readonly status: number;
	constructor(method: string, status: number, answer: string) {
		const code = /<Code>([^<]{1,80})<\/Code>/.exec(answer)?.[1];
		super(`The store answered ${method} with ${status}${code ? ` (${code})` : ''}`);
		this.status = status;
	}
}

function rangeHeader({ from, to }: ByteRange): string {
	return `bytes=${from}-${to}`;
}
