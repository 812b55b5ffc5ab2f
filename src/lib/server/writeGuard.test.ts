import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { BOARD_FILE_MAX_BYTES } from '../shared/boardLimits.ts';
import { bodyLimit, createWriteGuard, FORM_MAX_BYTES } from './writeGuard.ts';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((run) => run()));

test('[S3] only what carries a file may be large', () => {
	expect(bodyLimit('POST', '/login')).toBe(FORM_MAX_BYTES);
	expect(bodyLimit('PUT', '/session/abc/board/files/x')).toBe(BOARD_FILE_MAX_BYTES);
	// However an address is written, what is not known to carry one is a form.
	for (const path of [
		'/session/abc/board/files/x/',
		'/session/a/b/board/files/x',
		'//session/abc/board/files/x'
	])
		expect(bodyLimit('PUT', path)).toBe(FORM_MAX_BYTES);
	expect(bodyLimit('POST', '/session/abc/board/files/x')).toBe(FORM_MAX_BYTES);
});

test('[S3] a form that does not arrive keeps no connection open; one that has arrived is left alone', async () => {
	const guard = createWriteGuard({ originAllowed: () => true, formPatience: 100 });
	const server = createServer((req, res) => {
		if (guard.handle(req, res)) return;
		req.resume();
		// Later than the patience: the work behind a form takes what it takes.
		req.once('end', () => setTimeout(() => res.end('done'), 200));
	}).listen(0, '127.0.0.1');
	cleanUps.push(() => server.close());
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const send = (length: number) =>
		request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': length } });

	const slow = send(100);
	slow.write('only so much');
	const [error] = (await once(slow, 'error')) as [NodeJS.ErrnoException];
	expect(error.code).toBe('ECONNRESET');

	const whole = send(4);
	whole.end('form');
	const [answer] = (await once(whole, 'response')) as [{ statusCode: number }];
	expect(answer.statusCode).toBe(200);
	whole.destroy();
});
