import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Resource, ResourceShelf } from '../../src/lib/shared/resource.ts';
import { request } from './visitor.ts';
import type { Lesson, Person } from './world.ts';

export const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** Bytes of no kind: by chance they would begin like a program now and then, and be refused. */
export function noise(size: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(randomBytes(size));
	bytes.set([0], 0);
	return bytes;
}

type Place = Pick<Lesson, 'path'>;
type Visitor = Pick<Person, 'cookie'> | null;

/** Speaks tus as a page of ours does, one request at a time, so that each can go wrong on its own. */
export function fileUploads(url: string, lesson: Place, who: Visitor) {
	const place = `${lesson.path}/uploads`;
	const tus = { 'tus-resumable': '1.0.0' };

	const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit) =>
		request(url, path, who, { method, headers: { ...tus, ...headers }, body: body ?? null });

	/** Of so many bytes, or of these. `announce` replaces what the page says of the content. */
	function begin(
		name: string,
		content: Uint8Array | number,
		announce: Record<string, string> = typeof content === 'number'
			? { clientId: randomUUID() }
			: { sha256: sha256(content) }
	): Promise<Response> {
		const size = typeof content === 'number' ? content : content.length;
		const metadata = Object.entries({ filename: name, ...announce }).map(
			([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`
		);
		return ask('POST', place, { 'upload-length': String(size), 'upload-metadata': metadata.join(',') });
	}

	const send = (id: string, bytes: Uint8Array<ArrayBuffer>, at: number) =>
		ask(
			'PATCH',
			`${place}/${id}`,
			{ 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' },
			bytes
		);

	/** Sends only so many of the announced bytes, then cuts the connection. */
	async function sendCut(id: string, bytes: Uint8Array, at: number, cutAfter: number): Promise<void> {
		const { hostname, port } = new URL(url);
		await new Promise<void>((done) => {
			const cut = httpRequest({
				...{ hostname, port, path: `${place}/${id}`, method: 'PATCH' },
				headers: {
					...tus,
					origin: url,
					cookie: who?.cookie ?? '',
					'upload-offset': String(at),
					'content-type': 'application/offset+octet-stream',
					'content-length': String(bytes.length - at)
				}
			});
			cut.on('error', () => done()).on('close', () => done());
			cut.write(bytes.subarray(at, at + cutAfter), () => setImmediate(() => cut.destroy()));
		});
	}

	/** Bytes that are there; null when there is no such upload. */
	async function standing(id: string): Promise<number | null> {
		const answer = await ask('HEAD', `${place}/${id}`);
		return answer.status === 200 ? Number(answer.headers.get('upload-offset')) : null;
	}

	async function shelf(): Promise<ResourceShelf> {
		const answer = await request(url, `${lesson.path}/resources`, who);
		return (await answer.json()) as ResourceShelf;
	}

	return {
		ask,
		begin,
		send,
		sendCut,
		standing,
		shelf,
		cancel: (id: string) => ask('DELETE', `${place}/${id}`),
		/** Begins and answers the id. */
		async begun(...given: Parameters<typeof begin>): Promise<string> {
			return idOf(await begin(...given));
		},
		/**
		 * Begins and cuts the connection when some of it has arrived; answers the id. Begins again where nothing had: a
		 * server that looks at its connections late may find nothing in this one.
		 */
		async begunAndCut(name: string, bytes: Uint8Array, cutAfter: number): Promise<string> {
			const id = idOf(await begin(name, bytes));
			do await sendCut(id, bytes, 0, cutAfter);
			while ((await standing(id)) === 0);
			return id;
		},
		/** A file from beginning to end. */
		async handOver(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Resource> {
			const id = idOf(await begin(name, bytes));
			const answer = await send(id, bytes, 0);
			if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
			const there = (await shelf()).resources.find((resource) => resource.id === id);
			if (!there) throw new Error('It is not in the list.');
			return there;
		},
		download: (id: string, headers: Record<string, string> = {}, as: Visitor = who) =>
			request(url, `${lesson.path}/resources/${id}`, as, { headers })
	};
}

export type FileUploads = ReturnType<typeof fileUploads>;

export function idOf(answer: Response): string {
	const id = answer.headers.get('location')?.split('/').at(-1);
	if (answer.status !== 201 || !id) throw new Error(`The upload did not begin: ${answer.status}`);
	return id;
}

/** The reason of a refusal. */
export async function reasonOf(answer: Response): Promise<string> {
	return ((await answer.json()) as { reason: string }).reason;
}
