import type { DetailedError } from 'tus-js-client';
import { UPLOAD_PART_BYTES } from '../../shared/limits.ts';
import { refusalText } from '../refusalText.ts';
import type { Announced } from './announce.ts';
import { watchSilence } from './watchSilence.ts';

/** Why a file is not there yet, as a sentence for people. `mayPass`: trying once more may help. */
export class Trouble extends Error {
	override name = 'Trouble';
	readonly mayPass: boolean;
	constructor(message: string, mayPass: boolean) {
		super(message);
		this.mayPass = mayPass;
	}
}

/** What comes to light on the way. */
export interface Told {
	/** Under this id it is on the server from now on. */
	begun(id: string): void;
	/** Bytes that are on their way or there. */
	sent(bytes: number): void;
}

const TUS = '1.0.0';
const LOST = 'The connection broke off. It goes on by itself.';
const ON_ITS_OWN: Partial<Record<number, string>> = {
	401: 'You were signed out. Sign in again in another tab; it goes on by itself.',
	429: 'Too much at once. It goes on by itself in a moment.',
	507: 'There is no room on the server at the moment. It goes on by itself when there is.'
};
const BUSY = 'The server has a problem. It goes on by itself.';

/**
 * Brings a file to the server, from wherever it is there: one try. Resolves with the id of the stored file.
 * @throws Trouble, also when `signal` stops it, or when nothing moves any more
 */
export async function sendUpload(
	place: string,
	file: File,
	announced: Announced,
	told: Told,
	signal: AbortSignal
): Promise<string> {
	const given = new AbortController();
	const stop = () => given.abort();
	signal.addEventListener('abort', stop, { once: true });
	if (signal.aborted) stop();
	const silence = watchSilence(stop);
	try {
		const path = await begin(place, file, announced, given.signal);
		const id = path.split('/').at(-1)!;
		told.begun(id);
		const onSent = (sent: number) => {
			silence.heard();
			told.sent(sent);
		};
		await transfer(path, file, onSent, given.signal);
		return id;
	} finally {
		silence.stop();
		signal.removeEventListener('abort', stop);
	}
}

/** Gives up what is on the server. Out of reach it stays there until its time is over. */
export async function giveUpUpload(place: string, id: string): Promise<void> {
	await fetch(`${place}/${id}`, { method: 'DELETE', headers: { 'tus-resumable': TUS } }).catch(
		() => undefined
	);
}

/** Beginning what has begun is fine: the answer is the same address. */
async function begin(place: string, file: File, announced: Announced, signal: AbortSignal): Promise<string> {
	const metadata = Object.entries({ filename: file.name.toWellFormed(), ...announced });
	const headers = {
		'tus-resumable': TUS,
		'upload-length': String(file.size),
		'upload-metadata': metadata.map(([key, value]) => `${key} ${toBase64(value)}`).join(',')
	};
	let answer: Response;
	try {
		answer = await fetch(place, { method: 'POST', headers, signal });
	} catch {
		throw new Trouble(LOST, true);
	}
	const path = answer.headers.get('location');
	if (answer.status === 201 && path) return path;
	throw troubleOf(answer.status, await answer.text().catch(() => ''), 'POST');
}

async function transfer(
	path: string,
	file: File,
	onSent: (bytes: number) => void,
	signal: AbortSignal
): Promise<void> {
	const tus = await import('tus-js-client').catch(() => {
		throw new Trouble(LOST, true);
	});
	await new Promise<void>((done, fail) => {
		const upload = new tus.Upload(file, {
			uploadUrl: path,
			chunkSize: UPLOAD_PART_BYTES,
			// Tries and their pauses are ours: the library gives up after a few.
			retryDelays: null,
			storeFingerprintForResuming: false,
			onProgress: (sent) => onSent(sent),
			onSuccess: () => done(),
			onError: (error) => fail(readTrouble(error))
		});
		const stop = () => {
			void upload.abort();
			fail(new Trouble(LOST, true));
		};
		signal.addEventListener('abort', stop, { once: true });
		if (signal.aborted) stop();
		else upload.start();
	});
}

function readTrouble(error: Error | DetailedError): Trouble {
	if (!('originalRequest' in error) || !error.originalResponse) {
		// What the browser itself cannot do: the file was moved, changed or taken away.
		const lost = 'originalRequest' in error;
		return lost ? new Trouble(LOST, true) : new Trouble('The file cannot be read any more.', false);
	}
	const { originalRequest, originalResponse } = error;
	return troubleOf(originalResponse.getStatus(), originalResponse.getBody(), originalRequest.getMethod());
}

/** Exported for its test. */
export function troubleOf(status: number, body: string, method: string): Trouble {
	// Gone or elsewhere than we thought: beginning again finds out. Only who begins hears that it is not for them.
	const outOfStep = method !== 'POST' && (status === 404 || status === 409 || status === 410);
	if (outOfStep) return new Trouble(LOST, true);
	const mayPass = status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
	if (!mayPass) return new Trouble(refusalText(status, body), false);
	return new Trouble(ON_ITS_OWN[status] ?? (status === 0 ? LOST : BUSY), true);
}

/** Base64 of UTF-8. */
function toBase64(text: string): string {
	return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
