import { request } from 'node:http';

export interface CutAnswer {
	/** Null when the connection ended without an answer. */
	status: number | null;
	headers: Record<string, string | string[] | undefined>;
	text: string;
}

/** One HTTP request with whatever headers Node lets pass; `cutAfter`: the connection is cut when so much of the body was sent. */
export function cutRequest(
	url: string,
	{
		method,
		path,
		headers,
		body,
		cutAfter = null
	}: {
		method: string;
		path: string;
		headers: Record<string, string>;
		body: Uint8Array;
		cutAfter?: number | null;
	}
): Promise<CutAnswer> {
	const { hostname, port } = new URL(url);
	return new Promise((done) => {
		const none = () => done({ status: null, headers: {}, text: '' });
		const asked = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
			let text = '';
			answer.on('data', (data: Buffer) => (text += data.toString()));
			answer.on('error', none);
			answer.on('end', () => done({ status: answer.statusCode ?? null, headers: answer.headers, text }));
		});
		asked.on('error', none);
		if (cutAfter === null) asked.end(body);
		else asked.write(body.subarray(0, cutAfter), () => setImmediate(() => asked.destroy()));
	});
}
