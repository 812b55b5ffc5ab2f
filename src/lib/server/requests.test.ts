import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { LogFields } from './log.ts';
import { createRequests, createRequestScope } from './requests.ts';

/** As much of an answer as this looks at. */
class FakeResponse extends EventEmitter {
	statusCode = 200;
	writableFinished = false;
	headers: Record<string, string> = {};
	setHeader(name: string, value: string) {
		this.headers[name] = value;
	}
	end(status: number, isWhole = true) {
		this.statusCode = status;
		this.writableFinished = isWhole;
		this.emit('close');
	}
}

function openDesk() {
	let at = 0;
	const lines: LogFields[] = [];
	const counted: [string, number, number][] = [];
	const say = (fields: LogFields) => void lines.push(fields);
	const scope = createRequestScope();
	const requests = createRequests({
		scope,
		log: { debug: say, info: say, warn: say, error: say },
		meters: { answered: (...count) => void counted.push(count) },
		clock: () => at
	});
	const ask = (answer: () => void | Promise<void>) => {
		const response = new FakeResponse();
		requests.answering({ method: 'GET' }, response as unknown as ServerResponse, () => void answer());
		return response;
	};
	return { requests, scope, lines, counted, ask, pass: (ms: number) => (at += ms) };
}

test('[S7] each request has an id, the answer says it, and one line at the end says what it was by its pattern', async () => {
	const { requests, scope, lines, counted, ask, pass } = openDesk();
	const seen: (string | null)[] = [];
	const { promise, resolve } = Promise.withResolvers<void>();
	const first = ask(async () => {
		requests.isFor('/reset/[token]');
		await promise;
		seen.push(scope.current(), requests.reference());
	});
	const second = ask(() => requests.isFor(null));
	const file = ask(() => undefined);
	expect(lines).toEqual([]);
	resolve();
	await promise;
	await new Promise(setImmediate);
	const id = first.headers['X-Request-Id']!;
	expect(id).toMatch(/^[\da-f-]{36}$/);
	expect(seen).toEqual([id, id.slice(0, 8)]);
	expect(second.headers['X-Request-Id']).not.toBe(id);
	expect([scope.current(), requests.reference()]).toEqual([null, null]);

	pass(40);
	first.end(303);
	second.end(404);
	file.end(200, false);
	expect(lines[0]).toEqual({
		...{ request: id, method: 'GET', route: '/reset/[token]', status: 303, ms: 40, cut: false }
	});
	expect(lines[1]).toMatchObject({ route: 'none', status: 404 });
	expect(lines[2]).toMatchObject({ route: 'file', cut: true });
	expect(counted).toEqual([
		['/reset/[token]', 303, 0.04],
		['none', 404, 0.04],
		['file', 200, 0.04]
	]);
});

test('[S7] a socket keeps its id', () => {
	const { requests } = openDesk();
	const [one, other] = [{} as IncomingMessage, {} as IncomingMessage];
	expect(requests.socketId(one)).toBe(requests.socketId(one));
	expect(requests.socketId(one)).not.toBe(requests.socketId(other));
});
