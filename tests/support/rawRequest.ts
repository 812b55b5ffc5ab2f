import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export interface RawAnswer {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

/**
 * A request as no browser would make it: any header, `Host` too, and a body that is sent as far as it goes. `body`: null sends the
 * head alone and waits; a list is sent in pieces of unknown length.
 */
export function rawRequest(
	url: string,
	{
		method = 'GET',
		path,
		headers = {},
		body = ''
	}: { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer[] | null }
): Promise<RawAnswer> {
	const { hostname, port } = new URL(url);
	return new Promise((done, fail) => {
		const sent = httpRequest({ hostname, port, method, path, headers }, (answer) => {
			let text = '';
			answer.on('data', (part: Buffer) => (text += part.toString()));
			answer.on('end', () => {
				done({ status: answer.statusCode!, headers: answer.headers, text });
				sent.destroy();
			});
		});
		// The server may hang up on what it does not want to read, after its answer.
		sent.on('error', (error) => fail(error));
		if (body === null) sent.flushHeaders();
		else if (typeof body === 'string') sent.end(body);
		else {
			for (const part of body) sent.write(part);
			sent.end();
		}
	});
}
